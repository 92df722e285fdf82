package mqworkbook.ordering;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.ordering.shop.Connections;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.rocketmq.Shutdown;
import mqworkbook.workbench.wire.Relay;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.common.message.MessageExt;

/** A topic of changes, and the nodes of the order service that publish to it. */
final class Shop implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(8);
    static final Duration QUIET = Duration.ofMillis(200);
    static final int QUEUES = 4;

    /** How long a node waits for the broker's answer. */
    static final Duration ANSWER = Duration.ofSeconds(5);

    /** The way of an order that comes to its end. */
    static final List<OrderState> WAY =
            List.of(OrderState.PLACED, OrderState.PAID, OrderState.SHIPPED, OrderState.DELIVERED);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final RocketMqFixture rocket;
    private final String topic;
    private final Map<String, DefaultMQProducer> producers = new ConcurrentHashMap<>();

    Shop(RocketMqFixture rocket) {
        this(rocket, QUEUES);
    }

    Shop(RocketMqFixture rocket, int queues) {
        this.rocket = rocket;
        this.topic = rocket.prefix() + "order-changes-" + NUMBERS.incrementAndGet();
        rocket.topics().create(topic, queues);
    }

    /** For a property class, which JUnit gives nothing. */
    static Shop open() {
        return new Shop(RocketMqFixture.open(Brokers.forRun().require(BrokerKind.ROCKETMQ)));
    }

    /** An id that no other test has. */
    static String newId() {
        return "O-" + NUMBERS.incrementAndGet();
    }

    /** An id with a hash code that suits; ids of real shops have negative ones every other time. */
    static String newId(boolean negative) {
        String id = newId();
        while (id.hashCode() < 0 != negative) {
            // One letter more, and the hash code is another altogether.
            id = id + (char) ('a' + Math.floorMod(id.hashCode(), 26));
        }
        return id;
    }

    /** An id whose changes are in this queue, if it is one of so many that are chosen by {@code floorMod} of the hash. */
    static String newId(int queue, int queues) {
        String id = newId();
        while (Math.floorMod(id.hashCode(), queues) != queue) {
            id = newId();
        }
        return id;
    }

    /** An order's first changes, as many as asked for. */
    static List<OrderEvent> way(String orderId, int changes) {
        List<OrderEvent> events = new ArrayList<>();
        for (OrderState state : WAY.subList(0, changes)) {
            events.add(new OrderEvent(orderId, events.size() + 1L, state));
        }
        return events;
    }

    RocketMqFixture rocket() {
        return rocket;
    }

    String topic() {
        return topic;
    }

    /** The wire of a node, or of a consumer. */
    Relay wire(String actor) {
        return rocket.client(actor).relay();
    }

    Connections connections(String actor) {
        return new Connections(
                rocket.client(actor).nameServer(), rocket.client(actor).login(), Duration.ofMillis(200));
    }

    /** A publisher of the learner's, on a node of this name. */
    OrderPublisher publisher(String node) {
        return publisher(node, new OrderQueueSelector());
    }

    OrderPublisher publisher(String node, MessageQueueSelector selector) {
        return new OrderPublisher(producer(node), selector, topic, ANSWER);
    }

    /** The producer of a node, started. */
    DefaultMQProducer producer(String node) {
        return producers.computeIfAbsent(node, name -> {
            DefaultMQProducer producer = connections(name).producer(rocket.prefix() + "order-service");
            try {
                producer.start();
            } catch (MQClientException e) {
                throw new IllegalStateException("The producer of " + name + " does not start", e);
            }
            return producer;
        });
    }

    /** The changes of an order that are in the topic, queue by queue. */
    List<InQueue> changes(String orderId) {
        return inTopic().stream()
                .filter(each -> each.change().orderId().equals(orderId))
                .toList();
    }

    List<InQueue> inTopic() {
        return rocket.topics().read(topic).stream().map(InQueue::of).toList();
    }

    @Override
    public void close() {
        producers.values().forEach(producer -> Shutdown.behind(producer::shutdown));
        producers.clear();
    }

    /** Also removes the topic, and whatever else has its prefix. */
    void closeAll() {
        close();
        rocket.close();
    }

    /** A change, and the queue in which it is. */
    record InQueue(int queue, OrderEvent change) {

        private static InQueue of(MessageExt message) {
            try {
                return new InQueue(message.getQueueId(), OrderEvent.read(message.getBody()));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "No change of an order: " + new String(message.getBody(), StandardCharsets.UTF_8), e);
            }
        }

        @Override
        public String toString() {
            return change + " (queue " + queue + ")";
        }
    }
}
