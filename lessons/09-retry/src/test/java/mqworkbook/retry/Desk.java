package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.retry.payment.GatewayException;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.PaymentHandler;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.QueueProbe;
import mqworkbook.workbench.rabbitmq.RabbitMqClient;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireMessage;

/** One shop's desk for payments: its queues, its consumers, each behind a wire of its own. */
final class Desk {

    static final Duration SOON = Duration.ofSeconds(5);
    static final Duration QUIET = Duration.ofMillis(250);
    static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(3);
    static final int PREFETCH = 5;

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final PaymentCodec CODEC = new PaymentCodec();

    final PaymentNames names;
    final RetryPolicy policy;
    final TestHandler handler;
    private final RabbitMqFixture rabbit;
    private final QueueType type;
    private final Wire wire = new Wire();
    private final Set<String> watched = new HashSet<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    Desk(RabbitMqFixture rabbit, QueueType type, RetryPolicy policy) {
        this.rabbit = rabbit;
        this.type = type;
        this.policy = policy;
        this.names = new PaymentNames(rabbit.prefix() + type.argument() + ".");
        this.handler = new TestHandler(rabbit.history());
    }

    /** Three attempts in all, the rests without jitter. */
    static RetryPolicy policy(int firstDelayMillis, double factor) {
        return policy(3, firstDelayMillis, factor);
    }

    static RetryPolicy policy(int maxAttempts, int firstDelayMillis, double factor) {
        return new RetryPolicy(
                maxAttempts, Duration.ofMillis(firstDelayMillis), factor, Duration.ofSeconds(60), 0, CONFIRM_TIMEOUT);
    }

    static RetryPolicy withConfirmTimeout(RetryPolicy policy, Duration confirmTimeout) {
        return new RetryPolicy(
                policy.maxAttempts(),
                policy.firstDelay(),
                policy.factor(),
                policy.maxDelay(),
                policy.jitter(),
                confirmTimeout);
    }

    static Payment payment() {
        int number = NUMBERS.incrementAndGet();
        return new Payment("P-" + number, "O-" + number, new BigDecimal("19.90"));
    }

    static List<Payment> payments(int count) {
        List<Payment> payments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            payments.add(payment());
        }
        return payments;
    }

    static Exception unavailable() {
        return new GatewayException(503, "service unavailable");
    }

    static Exception declined() {
        return new GatewayException(402, "card declined");
    }

    static Exception bug() {
        return new IllegalStateException("no such column: fee");
    }

    /** How long a payment rests at least after so many failed attempts. */
    Duration rest(int failedAttempts) {
        double millis = policy.firstDelay().toMillis() * Math.pow(policy.factor(), failedAttempts - 1.0);
        return Duration.ofMillis((long) Math.min(policy.maxDelay().toMillis(), millis));
    }

    QueueProbe queues() {
        return rabbit.queues();
    }

    Wire wire() {
        return wire;
    }

    RabbitMqFixture rabbit() {
        return rabbit;
    }

    synchronized RabbitMqClient client(String actor) {
        RabbitMqClient client = rabbit.client(type.argument() + " " + actor);
        if (watched.add(actor)) {
            wire.watch(client);
        }
        return client;
    }

    /** Runs the learner's topology code as a deployment script would: connect, declare, disconnect. */
    Desk declare() throws Exception {
        return declare(RetryTopology::declare);
    }

    Desk declareAll() throws Exception {
        return declare((topology, channel) -> {
            topology.declareDeadLetters(channel);
            topology.declare(channel);
        });
    }

    /** What a deployment script declares. */
    interface Declaring {
        void on(RetryTopology topology, Channel channel) throws IOException;
    }

    Desk declare(Declaring declaring) throws Exception {
        try (Connection connection = client("topology").factory().newConnection("topology");
                Channel channel = connection.createChannel()) {
            declaring.on(new RetryTopology(names, policy, type), channel);
        }
        return this;
    }

    PaymentConsumer consume() throws Exception {
        return consume("consumer");
    }

    PaymentConsumer consume(String process) throws Exception {
        return consume(process, handler);
    }

    /** Starts a process of the consumer; each process has a client of its own. */
    PaymentConsumer consume(String process, PaymentHandler with) throws Exception {
        PaymentConsumer consumer = new PaymentConsumer(client(process).factory(), names, policy, with, PREFETCH);
        opened.add(consumer);
        consumer.start();
        return consumer;
    }

    /** Starts a process that makes this one attempt at the payment and is closed after it. */
    void attemptBy(String process, Payment payment, int attempt) throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        PaymentConsumer consumer = consume(process, handler.upTo(attempt, closed));
        expectAttempts(payment, attempt, "A payment does not come back after its process was restarted");
        Eventually.within(SOON)
                .until(process + " has let go", () -> settled(process) > 0)
                .orElse(() -> Wrong.that("A payment that has failed is neither sent on nor given back")
                        .seen(whereabouts(payment)));
        consumer.close();
        closed.countDown();
    }

    void opened(AutoCloseable one) {
        opened.add(one);
    }

    /** The process dies: its connections are gone, and what it was doing has no effect. */
    void kill(String process) {
        rabbit.history().fault(process + " dies");
        client(process).die();
        handler.die();
    }

    void publish(Payment payment) {
        publish(payment, "payment.card", Map.of());
    }

    /** Publishes as the shop does: persistent, with an id, a trace, and whatever headers it likes. */
    void publish(Payment payment, String routingKey, Map<String, Object> headers) {
        rabbit.history().attempted("shop", payment.paymentId());
        publish(routingKey, messageId(payment), headers, CODEC.write(payment));
        rabbit.history().confirmed("shop", payment.paymentId());
    }

    void publish(String routingKey, String messageId, Map<String, Object> headers, byte[] body) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put("traceparent", "trace of " + messageId);
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .messageId(messageId)
                .contentType("application/json")
                .type("payment")
                .correlationId("C-" + messageId)
                .headers(all)
                .build();
        queues().on(channel -> {
            channel.confirmSelect();
            channel.basicPublish(names.exchange(), routingKey, properties, body);
            try {
                channel.waitForConfirmsOrDie(5_000);
            } catch (InterruptedException | TimeoutException e) {
                throw new IOException("the judge's own publish was not confirmed", e);
            }
            return null;
        });
    }

    static String messageId(Payment payment) {
        return "M-" + payment.paymentId();
    }

    /** The deliveries of the payment's message over all wires, in order. */
    List<WireMessage> deliveries(Payment payment) {
        return wire.deliveries(messageId(payment));
    }

    /** Deletes the retry queues, as somebody does who tidies up. */
    void deleteRetryQueues() {
        wire.queues().stream()
                .filter(queue -> !queue.equals(names.queue()) && !queue.equals(names.deadLetterQueue()))
                .forEach(queue -> queues().on(channel -> channel.queueDelete(queue)));
    }

    /** Loses the next message that the process publishes; its connection lives on. */
    void losePublish(String process) {
        client(process)
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .drop();
    }

    void expectMade(Payment payment) {
        Eventually.within(SOON)
                .until(payment.paymentId() + " is made", () -> handler.made(payment))
                .orElse(() -> Wrong.that("A payment is never made")
                        .seen(whereabouts(payment) + ", after " + SOON.toSeconds() + " s")
                        .means("The customer has ordered, and is never charged."));
    }

    void expectAttempts(Payment payment, int count, String otherwise) {
        Eventually.within(SOON)
                .until(payment.paymentId() + " is attempted " + count + " times", () -> handler.count(payment) >= count)
                .orElse(() -> Wrong.that(otherwise)
                        .seen(whereabouts(payment) + ", after " + SOON.toSeconds() + " s; at least " + count
                                + " attempts should be")
                        .means("A blink of the gateway, and the payment is gone for good."));
    }

    /** Waits a moment until the consumer has acknowledged or returned the payment; it may rightly hold it for longer. */
    void awaitLettingGo(Payment payment) {
        try {
            Eventually.within(Duration.ofSeconds(1))
                    .until("it lets go", () -> settled("consumer") > 0 || handler.count(payment) > 1)
                    .orElse(() -> Wrong.that(payment.paymentId() + " is held"));
        } catch (Wrong held) {
            // What else was reported is told when the test ends.
        }
    }

    /** Compares the rests between the attempts with the schedule. */
    void expectRests(Payment payment) {
        List<TestHandler.Attempt> attempts = handler.attempts(payment);
        for (int failed = 1; failed < attempts.size(); failed++) {
            Duration rested = Duration.ofNanos(
                    attempts.get(failed).began() - attempts.get(failed - 1).ended());
            Rests.expectNotShorter(payment, failed, rested, rest(failed));
        }
    }

    /** Where a payment is, in one line. */
    String whereabouts(Payment payment) {
        return payment.paymentId() + ": " + handler.count(payment) + " attempts, "
                + (handler.made(payment) ? "made" : "not made") + "; " + places();
    }

    String places() {
        return queues().depth(names.queue()) + " in its queue with "
                + queues().consumers(names.queue()) + " consumers, " + dead() + " dead letters, " + resting()
                + " in retry queues";
    }

    long dead() {
        return queues().depth(names.deadLetterQueue());
    }

    /** How many payments rest in the queues that were declared beside the two that have a name of their own. */
    long resting() {
        return wire.queues().stream()
                .filter(queue -> !queue.equals(names.queue()) && !queue.equals(names.deadLetterQueue()))
                .mapToLong(queue -> queues().depth(queue))
                .sum();
    }

    List<GetResponse> deadLetters() {
        return queues().drain(names.deadLetterQueue());
    }

    /** How many deliveries the process has acknowledged or rejected. */
    int settled(String process) {
        return rabbit.settled(type.argument() + " " + process);
    }

    /** The learner's close() of everything that was opened here. */
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        opened.clear();
    }

    void closeAndCheckForLeaks(String... processes) throws Exception {
        closeAll();
        for (String process : processes) {
            RabbitMqClient client = client(process);
            Eventually.within(Duration.ofSeconds(2))
                    .until(process + " is disconnected", () -> client.openConnections() == 0)
                    .orElse(() -> Wrong.that("The " + process + " was closed and is still connected to the broker")
                            .seen(client.openConnections() + " open connection(s) after close()")
                            .means("Each deploy leaves a connection behind, until the broker is out of file"
                                    + " descriptors.")
                            .suspect("a Connection that close() does not close"));
        }
    }
}
