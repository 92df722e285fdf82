package mqworkbook.retry;

import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.GatewayException;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(Fixtures.class)
abstract class Step4DeadLetter {

    private RabbitMqFixture rabbit;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        this.rabbit = rabbit;
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(1)
    @EnumSource(QueueType.class)
    @DisplayName("a payment that was refused is set aside at once")
    void permanent(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(30, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::declined);
        desk.consume();
        desk.publish(payment);
        GetResponse letter = expectLetter(desk, payment, 1);
        DeadLetters.expectHeader(letter, RetryHeaders.FAILURE, Failure.PERMANENT.name());
        DeadLetters.expectHeaderContains(letter, RetryHeaders.REASON, "card declined");
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(2)
    @EnumSource(QueueType.class)
    @DisplayName("a payment that fails each time is set aside after its last attempt")
    void exhausted(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(30, 1)).declareAll();
        Payment payment = Desk.payment();
        Payment strange = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::unavailable);
        desk.handler.alwaysFailing(strange, Desk::bug);
        desk.consume();
        desk.publish(payment);
        desk.publish(strange);
        DeadLetters letters = new DeadLetters(desk);
        GetResponse letter = expectLetter(desk, letters, payment, 3);
        DeadLetters.expectHeader(letter, RetryHeaders.FAILURE, Failure.TEMPORARY.name());
        DeadLetters.expectHeader(expectLetter(desk, letters, strange, 3), RetryHeaders.FAILURE, Failure.UNKNOWN.name());
        desk.expectRests(payment);
    }

    @Test
    @Order(3)
    @DisplayName("a dead letter says why, after how many attempts, since when, and where it came from")
    void saysAll() throws Exception {
        Desk desk = desk(QueueType.QUORUM, Desk.policy(30, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.failing(
                payment,
                new GatewayException(503, "the first trouble"),
                new GatewayException(504, "the second trouble"),
                new GatewayException(503, "the last trouble"));
        desk.consume();
        desk.publish(payment, "payment.invoice", Map.of("tenant", "shop-7"));
        GetResponse letter = expectLetter(desk, payment, 3);
        DeadLetters.expectHeaderContains(letter, RetryHeaders.REASON, "the last trouble");
        DeadLetters.expectHeaderContains(letter, RetryHeaders.FIRST_FAILURE, "the first trouble");
        DeadLetters.expectRecent(letter, RetryHeaders.FIRST_FAILED_AT);
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_EXCHANGE, desk.names.exchange());
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_ROUTING_KEY, "payment.invoice");
        DeadLetters.expectHeader(letter, "tenant", "shop-7");
        DeadLetters.expectWhole(letter, payment);
    }

    @Test
    @Order(4)
    @DisplayName("a letter that was written at once says all of it, too")
    void saysAllAtOnce() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(30, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::declined);
        desk.consume();
        desk.publish(payment, "payment.card.eu", Map.of());
        GetResponse letter = expectLetter(desk, payment, 1);
        DeadLetters.expectHeaderContains(letter, RetryHeaders.FIRST_FAILURE, "card declined");
        DeadLetters.expectRecent(letter, RetryHeaders.FIRST_FAILED_AT);
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_EXCHANGE, desk.names.exchange());
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_ROUTING_KEY, "payment.card.eu");
        DeadLetters.expectWhole(letter, payment);
    }

    @Test
    @Order(5)
    @DisplayName("a payment that was refused at its second attempt has both failures on its letter")
    void refusedLater() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(30, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable(), Desk.declined());
        desk.consume();
        desk.publish(payment);
        GetResponse letter = expectLetter(desk, payment, 2);
        DeadLetters.expectHeader(letter, RetryHeaders.FAILURE, Failure.PERMANENT.name());
        DeadLetters.expectHeaderContains(letter, RetryHeaders.REASON, "card declined");
        DeadLetters.expectHeaderContains(letter, RetryHeaders.FIRST_FAILURE, "service unavailable");
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(6)
    @EnumSource(QueueType.class)
    @DisplayName("attempts of several processes, one after the other, are counted together")
    void severalConsumers(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(40, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::unavailable);
        desk.publish(payment);
        for (int attempt = 1; attempt <= 3; attempt++) {
            desk.attemptBy("process " + attempt, payment, attempt);
        }
        desk.consume("process 4");
        expectLetter(desk, payment, 3);
    }

    @Test
    @Order(7)
    @DisplayName("a payment that comes with more attempts than there may be has one more, and no other")
    void beyondTheLimit() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(20, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::unavailable);
        desk.consume();
        // The limit was lowered from ten to three while the payment rested.
        desk.publish(payment, "payment.card", Map.of(RetryHeaders.ATTEMPTS, 7L));
        DeadLetters letters = new DeadLetters(desk);
        letters.expect(payment, "A payment that has used up its attempts goes round for ever");
        expectCount(desk, payment, 1);
    }

    @Test
    @Order(8)
    @DisplayName("a policy of one attempt knows no retry")
    void oneAttempt() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(1, 30, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::unavailable);
        desk.consume();
        desk.publish(payment);
        expectLetter(desk, payment, 1);
    }

    @Test
    @Order(9)
    @DisplayName("what is no payment is set aside, and the next ones are made")
    void nonsense() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(30, 1)).declareAll();
        desk.consume();
        for (String body : List.of("order 17, please", "null", "{}")) {
            desk.publish("payment.card", "M-nonsense", Map.of(), body.getBytes(StandardCharsets.UTF_8));
            GetResponse letter = new DeadLetters(desk)
                    .expect(
                            body,
                            one -> DeadLetters.id(one).equals(body),
                            () -> Wrong.that("A message that is no payment is not set aside")
                                    .seen("published: " + body + "; " + desk.places())
                                    .means("It is lost, or it goes round for ever.")
                                    .suspect("a body that is read outside of the try block"));
            DeadLetters.expectHeader(letter, RetryHeaders.FAILURE, Failure.PERMANENT.name());
        }
        Payment payment = Desk.payment();
        desk.publish(payment);
        desk.expectMade(payment);
    }

    @Test
    @Order(10)
    @DisplayName("a failure with a very long message, or with none, is set aside like any other")
    void oddReasons() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(2, 30, 1)).declareAll();
        Payment page = Desk.payment();
        Payment silent = Desk.payment();
        String html = "<html>" + "the gateway is being repaired ".repeat(20_000);
        desk.handler.alwaysFailing(page, () -> new GatewayException(503, html));
        desk.handler.alwaysFailing(silent, NullPointerException::new);
        desk.consume();
        desk.publish(page);
        desk.publish(silent);
        DeadLetters letters = new DeadLetters(desk);
        GetResponse letter = expectLetter(desk, letters, page, 2);
        DeadLetters.expectHeaderContains(letter, RetryHeaders.REASON, "<html>the gateway is being repaired");
        expectLetter(desk, letters, silent, 2);
    }

    @Test
    @Order(11)
    @Tag("fault")
    @DisplayName("a letter that is lost on its way is not lost for good")
    void letterLost() throws Exception {
        RetryPolicy policy = Desk.withConfirmTimeout(Desk.policy(50, 1), Duration.ofMillis(400));
        Desk desk = desk(QueueType.QUORUM, policy).declareAll();
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::declined);
        desk.consume();
        desk.losePublish("consumer");
        desk.publish(payment);
        new DeadLetters(desk)
                .expect(
                        payment.paymentId(),
                        one -> true,
                        () -> lost(desk, payment, "its way to the dead letters was lost, and never confirmed"));
    }

    @Test
    @Order(12)
    @Tag("fault")
    @DisplayName("a letter whose connection is cut is written again")
    void letterCut() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(50, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::declined);
        desk.client("consumer")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .cutBefore();
        desk.consume();
        desk.publish(payment);
        new DeadLetters(desk)
                .expect(
                        payment.paymentId(),
                        one -> true,
                        () -> lost(desk, payment, "the connection was cut before it was among the dead letters"));
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(13)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("while there is no queue for dead letters, payments stay where they are")
    void noQueueForLetters(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(50, 1)).declareAll();
        desk.queues().on(channel -> channel.queueDelete(desk.names.deadLetterQueue()));
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::declined);
        desk.consume();
        desk.publish(payment);
        desk.expectAttempts(payment, 1, "A payment is never attempted");
        desk.awaitLettingGo(payment);
        desk.declare((topology, channel) -> topology.declareDeadLetters(channel));
        new DeadLetters(desk)
                .expect(
                        payment.paymentId(),
                        one -> true,
                        () -> lost(desk, payment, "there was no queue for dead letters for a moment"));
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(14)
    @EnumSource(QueueType.class)
    @DisplayName("what the broker itself gives up on is among the dead letters, which survive a restart")
    void brokerGivesUp(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(30, 1)).declareAll();
        Payment payment = Desk.payment();
        desk.publish(payment);
        desk.queues().reject(desk.names.queue());
        new DeadLetters(desk)
                .expect(
                        payment.paymentId(),
                        one -> true,
                        () -> Wrong.that("A payment that the broker gives up on vanishes")
                                .seen(payment.paymentId() + " was rejected without requeue; " + desk.places())
                                .means(
                                        "A payment that kills its consumer each time is dropped by a quorum queue of RabbitMQ 4 after 20"
                                                + " deliveries, without a trace.")
                                .suspect("no dead-letter exchange on the queue of payments"));
        if (!desk.queues().durableQueue(desk.names.deadLetterQueue())) {
            throw Wrong.that("The queue of dead letters is transient: it does not survive a restart of the broker")
                    .seen("the broker says that " + desk.names.deadLetterQueue() + " is not durable");
        }
    }

    @TestFactory
    @Order(15)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("for any failures")
    Stream<DynamicTest> properties() {
        return StepProperties.of(RetryProperties.class);
    }

    private Desk desk(QueueType type, RetryPolicy policy) {
        return new Desk(rabbit, type, policy);
    }

    private static GetResponse expectLetter(Desk desk, Payment payment, int attempts) {
        return expectLetter(desk, new DeadLetters(desk), payment, attempts);
    }

    private static GetResponse expectLetter(Desk desk, DeadLetters letters, Payment payment, int attempts) {
        GetResponse letter = letters.expect(
                payment,
                attempts == 1
                        ? "A payment that was refused for good is not set aside"
                        : "A payment that fails each time is not set aside after its last attempt");
        expectCount(desk, payment, attempts);
        DeadLetters.expectHeader(letter, RetryHeaders.ATTEMPTS, String.valueOf(attempts));
        return letter;
    }

    private static void expectCount(Desk desk, Payment payment, int attempts) {
        if (desk.handler.count(payment) != attempts) {
            throw Wrong.that(
                            desk.handler.count(payment) > attempts
                                    ? "A payment was attempted more often than it may be"
                                    : "A payment was given up before its last attempt")
                    .seen(payment.paymentId() + " was attempted " + desk.handler.count(payment)
                            + " times before it was set aside, and should be " + attempts + " times")
                    .means(
                            desk.handler.count(payment) > attempts
                                    ? "A declined card is charged again and again; what always fails goes round for ever."
                                    : "An outage of a minute, and people must redrive by hand what would have mended"
                                            + " itself.")
                    .suspect("retries counted in place of attempts, a failure that was not classified, or a count that"
                            + " is not the payment's own");
        }
    }

    private static Wrong lost(Desk desk, Payment payment, String fault) {
        return Wrong.that("A payment was acknowledged before it was among the dead letters, and is lost")
                .seen(fault + "; " + desk.whereabouts(payment))
                .means("It is gone from the one place where people look for failures.")
                .suspect("an ack before the publish, a publish without a confirm, or without mandatory");
    }
}
