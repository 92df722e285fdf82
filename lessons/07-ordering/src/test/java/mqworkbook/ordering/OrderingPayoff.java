package mqworkbook.ordering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.ordering.shop.Connections;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.rocketmq.RocketMqLogin;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;

/** What order costs, and what parallelism brings: with keys against without, many queues against one, lanes against none. */
public final class OrderingPayoff implements Payoff {

    private static final int QUEUES = 16;
    private static final int SENDERS = 8;
    private static final int KEYS = 64;
    private static final int EVENTS = 4_000;
    private static final OrderEvent FIRST = new OrderEvent("first", 1, OrderState.PLACED);
    private static final int ATTEMPTS = 20;
    private static final int PAIRS = 5;
    private static final int WARM_UP = 2;
    private static final int WORKED_EVENTS = 320;
    private static final Duration WORK = Duration.ofMillis(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final double ORDER_TARGET = 0.7;
    private static final double LANES_TARGET = 0.8;

    private final List<PayoffTable.Row> rows = new ArrayList<>();
    private RocketMqFixture rocket;
    private Connections connections;
    private DefaultMQProducer producer;
    private int topics;

    @Override
    public PayoffTable measure() throws Exception {
        List<Jmh.Pair> lanes = Jmh.pairs(KeyedExecutorBenchmark.class, "keyed", "plain", PAIRS);
        try (RocketMqFixture fixture = RocketMqFixture.open(Brokers.forRun().require(BrokerKind.ROCKETMQ))) {
            rocket = fixture;
            Endpoint broker = fixture.broker().endpoint();
            // A client through the relay first: it sets the client's times. The measurement goes past it.
            fixture.client("payoff");
            connections = new Connections(
                    broker.host() + ":" + broker.port(), RocketMqLogin.hook(broker), Duration.ofMillis(200));
            producer = connections.producer(fixture.prefix() + "senders");
            producer.start();
            try {
                order();
                parallelism();
            } finally {
                producer.shutdown();
            }
        }
        lanes(lanes);
        return new PayoffTable(
                "What order costs, and what parallelism brings",
                List.of("events/s", "%"),
                0,
                "events/s",
                rows,
                EVENTS + " events by " + SENDERS
                        + " senders, each awaited, in turns with RocketMQ's own way; % is the median of "
                        + PAIRS + " pairs' ratios, target " + percent(ORDER_TARGET) + "; then " + WORK.toMillis()
                        + " ms of work for each of "
                        + WORKED_EVENTS + ", " + QUEUES + " queues; then JMH, a pool of a thread for each processor, "
                        + KEYS + " keys, " + PAIRS + " pairs in turns, target " + percent(LANES_TARGET) + ".");
    }

    /** Sending and consuming, of as many orders as there are keys: in order, and RocketMQ's own way without one. */
    private void order() throws Exception {
        List<Double> ordered = new ArrayList<>();
        List<Double> unordered = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = -WARM_UP; round < PAIRS; round++) {
            // Each goes first every other time.
            double theirs = round % 2 == 0 ? unordered() : 0;
            double ours = ordered();
            theirs = theirs == 0 ? unordered() : theirs;
            if (round >= 0) {
                ordered.add(ours);
                unordered.add(theirs);
                ratios.add(ours / theirs);
            }
        }
        double ratio = median(ratios);
        expect(ratio, ORDER_TARGET, "ordered sending and consuming reaches %.2f of RocketMQ's own way without order");
        row("send and consume, 64 keys", "no order", median(unordered), 1);
        row("send and consume, 64 keys", "in order", median(ordered), ratio);
    }

    private double ordered() throws Exception {
        String topic = topic();
        OrderPublisher publisher = new OrderPublisher(producer, new OrderQueueSelector(), topic, LONGEST);
        Arrivals arrivals = new Arrivals();
        try (OrderConsumer consumer = consumer(topic, arrivals::came)) {
            consumer.start();
            publisher.publish(FIRST);
            await(arrivals.first, topic);
            return perSecond(topic, arrivals.open, publisher::publish);
        }
    }

    private double unordered() throws Exception {
        String topic = topic();
        Arrivals arrivals = new Arrivals();
        DefaultMQPushConsumer consumer = connections.consumer(rocket.prefix() + "unordered-" + topics);
        consumer.subscribe(topic, "*");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (var message : messages) {
                arrivals.came(OrderEvent.read(message.getBody()));
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        try {
            producer.send(message(topic, FIRST));
            await(arrivals.first, topic);
            return perSecond(topic, arrivals.open, change -> producer.send(message(topic, change)));
        } finally {
            consumer.shutdown();
        }
    }

    /** Consuming only, with work for each event: how many orders are at work at a time. */
    private void parallelism() throws Exception {
        for (int keys : new int[] {1, 8, KEYS}) {
            String condition = keys == 1 ? "2 ms of work, 1 key" : "2 ms of work, " + keys + " keys";
            double one = worked(keys, (queues, message, orderId) -> queues.get(0));
            double many = worked(keys, new OrderQueueSelector());
            row(condition, "one queue for all", one, 1);
            row(condition, "a queue for each key", many, many / one);
        }
    }

    private double worked(int keys, MessageQueueSelector selector) throws Exception {
        String topic = topic();
        OrderPublisher publisher = new OrderPublisher(producer, selector, topic, LONGEST);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(WORKED_EVENTS);
        for (int event = 0; event < WORKED_EVENTS; event++) {
            publisher.publish(event(event, keys));
        }
        OrderHandler work = change -> {
            begun.countDown();
            LockSupport.parkNanos(WORK.toNanos());
            open.countDown();
        };
        try (OrderConsumer consumer = consumer(topic, work)) {
            consumer.start();
            await(begun, topic);
            long start = System.nanoTime();
            await(open, topic);
            return WORKED_EVENTS * 1e9 / (System.nanoTime() - start);
        }
    }

    private void lanes(List<Jmh.Pair> pairs) {
        double keyed = median(pairs.stream().map(Jmh.Pair::one).toList());
        double plain = median(pairs.stream().map(Jmh.Pair::other).toList());
        double ratio =
                median(pairs.stream().map(pair -> pair.one() / pair.other()).toList());
        expect(ratio, LANES_TARGET, "the keyed executor reaches %.2f of a plain pool's throughput");
        row("executor, 64 keys (JMH)", "plain pool", plain, 1);
        row("executor, 64 keys (JMH)", "keyed", keyed, ratio);
    }

    private void row(String condition, String design, double perSecond, double ratio) {
        rows.add(new PayoffTable.Row(condition, design, List.of(perSecond, ratio * 100)));
    }

    private static void expect(double ratio, double target, String what) {
        System.out.println(what.formatted(ratio) + " (target " + target + ")");
        if (ratio < target / 2) {
            throw new IllegalStateException(
                    what.formatted(ratio) + "; it should reach " + target + ", and half of that is the least.");
        }
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 100) + " %";
    }

    private OrderConsumer consumer(String topic, OrderHandler handler) {
        return new OrderConsumer(
                connections.consumer(rocket.prefix() + "ordered-" + topics),
                topic,
                handler,
                Consumers.PAUSE,
                Consumers.PATIENCE);
    }

    private String topic() {
        String topic = rocket.prefix() + "payoff-" + ++topics;
        rocket.topics().create(topic, QUEUES);
        return topic;
    }

    private static Message message(String topic, OrderEvent change) {
        return new Message(topic, "", change.orderId(), change.write());
    }

    private static OrderEvent event(int number, int keys) {
        return new OrderEvent("O-" + number % keys, number / keys + 1L, OrderState.PAID);
    }

    /** Each sender has keys of its own, and awaits each answer. */
    private static double perSecond(String topic, CountDownLatch open, Sending sending) throws Exception {
        List<Thread> senders = new ArrayList<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        for (int sender = 0; sender < SENDERS; sender++) {
            int first = sender;
            Thread thread = new Thread(() -> {
                try {
                    for (int event = first; event < EVENTS; event += SENDERS) {
                        untilSent(sending, event(event, KEYS));
                    }
                } catch (Exception e) {
                    failure.set(e);
                }
            });
            thread.start();
            senders.add(thread);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("A sender has given up", failure.get());
        }
        await(open, topic);
        return EVENTS * 1e9 / (System.nanoTime() - start);
    }

    /** A broker that is busy turns some away: each is sent again before the next of its order. */
    private static void untilSent(Sending sending, OrderEvent change) throws Exception {
        for (int attempt = 1; true; attempt++) {
            try {
                sending.send(change);
                return;
            } catch (Exception e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(WORK.toNanos());
            }
        }
    }

    private static void await(CountDownLatch latch, String topic) throws InterruptedException {
        if (!latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Of what was sent to " + topic + ", " + latch.getCount()
                    + " events have not come within " + LONGEST.toSeconds() + " s");
        }
    }

    /** What has come, copies not counted. */
    private static final class Arrivals {

        private final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(EVENTS);
        private final Set<OrderEvent> seen = ConcurrentHashMap.newKeySet();

        void came(OrderEvent change) {
            if (seen.add(change)) {
                (change.equals(FIRST) ? first : open).countDown();
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private interface Sending {
        void send(OrderEvent change) throws Exception;
    }
}
