package mqworkbook.ordering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        Map<String, Double> lanes = Jmh.scores(KeyedExecutorBenchmark.class);
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
        lanes(lanes.get("keyed"), lanes.get("plain"));
        return new PayoffTable(
                "What order costs, and what parallelism brings",
                List.of("events/s", "ratio"),
                0,
                "events/s",
                rows,
                EVENTS + " events by " + SENDERS
                        + " senders, each awaited, in turns with RocketMQ's own way, median of "
                        + PAIRS + " pairs, target " + ORDER_TARGET + "; then " + WORK.toMillis()
                        + " ms of work for each of "
                        + WORKED_EVENTS + ", " + QUEUES + " queues; then JMH, a pool of a thread for each processor, "
                        + KEYS + " keys, target " + LANES_TARGET + ".");
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
        CountDownLatch open = new CountDownLatch(EVENTS);
        CountDownLatch warm = new CountDownLatch(1);
        try (OrderConsumer consumer = consumer(topic, change -> (isFirst(change) ? warm : open).countDown())) {
            consumer.start();
            publisher.publish(new OrderEvent("first", 1, OrderState.PLACED));
            await(warm);
            return perSecond(EVENTS, open, publisher::publish);
        }
    }

    private double unordered() throws Exception {
        String topic = topic();
        CountDownLatch open = new CountDownLatch(EVENTS);
        CountDownLatch warm = new CountDownLatch(1);
        DefaultMQPushConsumer consumer = connections.consumer(rocket.prefix() + "unordered-" + topics);
        consumer.subscribe(topic, "*");
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            for (var message : messages) {
                (isFirst(OrderEvent.read(message.getBody())) ? warm : open).countDown();
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        consumer.start();
        try {
            producer.send(message(topic, new OrderEvent("first", 1, OrderState.PLACED)));
            await(warm);
            return perSecond(EVENTS, open, change -> producer.send(message(topic, change)));
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
            await(begun);
            long start = System.nanoTime();
            await(open);
            return WORKED_EVENTS * 1e9 / (System.nanoTime() - start);
        }
    }

    private void lanes(double keyed, double plain) {
        expect(keyed / plain, LANES_TARGET, "the keyed executor reaches %.2f of a plain pool's throughput");
        row("executor, 64 keys (JMH)", "plain pool", plain, 1);
        row("executor, 64 keys (JMH)", "keyed", keyed, keyed / plain);
    }

    private void row(String condition, String design, double perSecond, double ratio) {
        rows.add(new PayoffTable.Row(condition, design, List.of(perSecond, Math.round(ratio * 100) / 100.0)));
    }

    private static void expect(double ratio, double target, String what) {
        System.out.println(what.formatted(ratio) + " (target " + target + ")");
        if (ratio < target / 2) {
            throw new IllegalStateException(
                    what.formatted(ratio) + "; it should reach " + target + ", and half of that is the least.");
        }
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

    private static boolean isFirst(OrderEvent change) {
        return change.orderId().equals("first");
    }

    /** Each sender has keys of its own, and awaits each answer. */
    private static double perSecond(int events, CountDownLatch open, Sending sending) throws Exception {
        List<Thread> senders = new ArrayList<>();
        long start = System.nanoTime();
        for (int sender = 0; sender < SENDERS; sender++) {
            int first = sender;
            Thread thread = new Thread(() -> {
                for (int event = first; event < events; event += SENDERS) {
                    try {
                        sending.send(event(event, KEYS));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            thread.start();
            senders.add(thread);
        }
        for (Thread sender : senders) {
            sender.join();
        }
        await(open);
        return events * 1e9 / (System.nanoTime() - start);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Not all events have come: " + latch.getCount() + " are missing");
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private interface Sending {
        void send(OrderEvent change) throws Exception;
    }
}
