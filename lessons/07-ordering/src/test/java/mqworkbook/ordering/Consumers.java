package mqworkbook.ordering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.workbench.history.History;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.rocketmq.Shutdown;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.Message;

/** A group of the learner's consumers on the shop's topic, each behind a wire of its own. */
final class Consumers implements AutoCloseable {

    static final Duration PAUSE = Duration.ofMillis(10);
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String NOBODY = "nobody";
    private static final AtomicInteger GROUPS = new AtomicInteger();

    private final Shop shop;
    private final Function<BooleanSupplier, OrderHandler> handlers;
    private final String group;
    private final Map<String, AtomicBoolean> dead = new ConcurrentHashMap<>();
    private final List<OrderConsumer> running = new ArrayList<>();

    /**
     * Nobody yet.
     *
     * @param handlers makes what a consumer is given, which can ask whether its process is dead
     */
    Consumers(Shop shop, Function<BooleanSupplier, OrderHandler> handlers) {
        this.shop = shop;
        this.handlers = handlers;
        this.group = shop.rocket().prefix() + "warehouse-" + GROUPS.incrementAndGet();
        // In a queue that is empty a new group may begin behind the first message; of that there is no need to be sure
        // here.
        if (shop.changes(NOBODY).isEmpty()) {
            for (int queue = 0; queue < Shop.QUEUES; queue++) {
                send(queue, Shop.way(NOBODY, 1));
            }
        }
    }

    /** Starts one. */
    OrderConsumer start(String name) throws MQClientException {
        AtomicBoolean isDead = new AtomicBoolean();
        dead.put(name, isDead);
        OrderConsumer consumer = new OrderConsumer(
                shop.connections(name).consumer(group),
                shop.topic(),
                recorded(name, handlers.apply(isDead::get)),
                PAUSE,
                PATIENCE);
        running.add(consumer);
        consumer.start();
        return consumer;
    }

    /** What the work on changes looks like from outside, for the story of a failure. */
    private OrderHandler recorded(String name, OrderHandler handler) {
        History history = shop.rocket().history();
        return change -> {
            history.delivered(name, change.toString());
            try {
                handler.handle(change);
                history.applied(name, change.toString());
            } catch (ProcessDied death) {
                throw death;
            } catch (Exception failure) {
                history.handlerFailed(name, change.toString(), failure.getMessage());
                throw failure;
            }
        };
    }

    /** The process is gone, in the middle of whatever it does. */
    void kill(String name) {
        shop.rocket().history().fault(name + " dies");
        dead.get(name).set(true);
        shop.rocket().client(name).die();
    }

    /** Closes one that ends by itself now. */
    void closed(OrderConsumer consumer) {
        running.remove(consumer);
    }

    /** Puts messages into a queue as a producer does that knows what it does. */
    void send(int queue, List<OrderEvent> changes) {
        for (OrderEvent change : changes) {
            shop.rocket().history().attempted("judge", change.toString());
            Message message = new Message(shop.topic(), "", change.orderId(), change.write());
            try {
                shop.producer("judge").send(message, (queues, any, number) -> queues.get((int) number), queue);
            } catch (Exception e) {
                throw new IllegalStateException("The judge cannot send " + change, e);
            }
        }
    }

    /** Ends whatever still runs; nobody waits for it, and nothing that goes wrong here is of interest any more. */
    @Override
    public void close() {
        running.forEach(Shutdown::behind);
        running.clear();
    }
}
