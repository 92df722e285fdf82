package mqworkbook.retry;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.retry.before.RequeueingConsumer;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.PaymentHandler;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;

/** What an outage of some payments costs: attempts at the sick ones, and how long the healthy ones take. */
public final class RetryPayoff implements Payoff {

    private static final int HEALTHY = 100;
    private static final Duration APART = Duration.ofMillis(15);
    private static final Duration CALL = Duration.ofMillis(2);
    private static final int PREFETCH = 10;

    @Override
    public PayoffTable measure() throws Exception {
        List<PayoffTable.Row> rows = new ArrayList<>();
        for (int sick : List.of(0, 1, 20)) {
            String condition = sick == 0 ? "all well" : sick + (sick == 1 ? " sick payment" : " sick payments");
            rows.add(measure(condition, "requeue", sick, false));
            rows.add(measure(condition, "backoff", sick, true));
        }
        return new PayoffTable(
                "Attempts at sick payments, and how long healthy ones take",
                List.of("attempts/min", "healthy p50 ms", "p99 ms"),
                0,
                "attempts/min",
                rows,
                HEALTHY + " healthy payments, one each " + APART.toMillis() + " ms; a call takes " + CALL.toMillis()
                        + " ms; first rest 200 ms, factor 2.");
    }

    private static PayoffTable.Row measure(String condition, String design, int sick, boolean backoff)
            throws Exception {
        try (RabbitMqFixture rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ))) {
            Counter counter = new Counter();
            PaymentNames names = new PaymentNames(rabbit.prefix());
            RetryPolicy policy =
                    new RetryPolicy(8, Duration.ofMillis(200), 2, Duration.ofSeconds(60), 0.5, Desk.CONFIRM_TIMEOUT);
            declare(rabbit, names, policy);
            for (int i = 0; i < sick; i++) {
                Payment payment = Desk.payment();
                counter.sick.add(payment.paymentId());
                publish(rabbit, names, payment);
            }
            try (AutoCloseable consumer = start(rabbit, names, policy, counter, backoff)) {
                long began = System.nanoTime();
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < HEALTHY; i++) {
                    Payment payment = Desk.payment();
                    counter.publishedAt.put(payment.paymentId(), System.nanoTime());
                    publish(rabbit, names, payment);
                    LockSupport.parkNanos(APART.toNanos());
                }
                // Who waits for ever behind sick payments takes at least as long as it was watched.
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                double minutes = (System.nanoTime() - began) / 60e9;
                counter.publishedAt.forEach(
                        (id, at) -> millis.add((counter.madeAt.getOrDefault(id, System.nanoTime()) - at) / 1e6));
                List<Double> sorted = millis.stream().sorted().toList();
                return new PayoffTable.Row(
                        condition,
                        design,
                        List.of(
                                counter.sickAttempts.get() / minutes,
                                sorted.get(sorted.size() / 2),
                                sorted.get(sorted.size() * 99 / 100)));
            }
        }
    }

    private static void declare(RabbitMqFixture rabbit, PaymentNames names, RetryPolicy policy) throws Exception {
        try (Connection connection = rabbit.client("topology").factory().newConnection();
                Channel channel = connection.createChannel()) {
            RetryTopology topology = new RetryTopology(names, policy, QueueType.CLASSIC);
            topology.declareDeadLetters(channel);
            topology.declare(channel);
        }
    }

    private static AutoCloseable start(
            RabbitMqFixture rabbit, PaymentNames names, RetryPolicy policy, PaymentHandler handler, boolean backoff)
            throws Exception {
        var factory = rabbit.client("consumer").factory();
        if (!backoff) {
            return new RequeueingConsumer(factory, names.queue(), handler, PREFETCH);
        }
        PaymentConsumer consumer = new PaymentConsumer(factory, names, policy, handler, PREFETCH);
        consumer.start();
        return consumer;
    }

    private static void publish(RabbitMqFixture rabbit, PaymentNames names, Payment payment) {
        rabbit.queues().publish(names.exchange(), "payment.card", new PaymentCodec().write(payment));
    }

    /** A gateway that is down for some payments, and counts. */
    private static final class Counter implements PaymentHandler {

        private final Set<String> sick = ConcurrentHashMap.newKeySet();
        private final Map<String, Long> publishedAt = new ConcurrentHashMap<>();
        private final Map<String, Long> madeAt = new ConcurrentHashMap<>();
        private final AtomicInteger sickAttempts = new AtomicInteger();

        @Override
        public void handle(Payment payment) throws Exception {
            LockSupport.parkNanos(CALL.toNanos());
            if (sick.contains(payment.paymentId())) {
                sickAttempts.incrementAndGet();
                throw Desk.unavailable();
            }
            madeAt.put(payment.paymentId(), System.nanoTime());
        }
    }
}
