package mqworkbook.retry;

import com.rabbitmq.client.GetResponse;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.retry.TestGateway.Answer;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
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
abstract class Step5Idempotent {

    private static final String NEW_KEY = "an idempotency key that is made up for each try, or none";
    private static final String NO_LOOK = "no look into the ledger before the charge, or payments remembered in memory";

    private RabbitMqFixture rabbit;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        this.rabbit = rabbit;
    }

    @Test
    @Order(1)
    @DisplayName("a payment is charged once and noted")
    void charged() throws Exception {
        Till till = new Till(new Desk(rabbit, QueueType.CLASSIC, Desk.policy(40, 2)));
        Payment payment = Desk.payment();
        till.processor().handle(payment);
        till.expectPaid(payment);
        till.expectOneCharge(payment, "it was handled once", NEW_KEY);
        if (!("R-" + payment.paymentId()).equals(till.ledger.receipt(payment))) {
            throw Wrong.that("The receipt of a payment is not in the ledger")
                    .seen(payment.paymentId() + ": the gateway answered R-" + payment.paymentId()
                            + ", in the ledger is " + till.ledger.receipt(payment));
        }
    }

    @Test
    @Order(2)
    @DisplayName("a call that fails for a moment is tried again in the same attempt")
    void triedAtOnce() throws Exception {
        Till till = till(QueueType.CLASSIC);
        Payment payment = Desk.payment();
        till.gateway.answering(payment, Answer.DOWN);
        till.consume("consumer");
        till.desk.publish(payment);
        till.expectPaid(payment);
        if (till.desk.deliveries(payment).size() > 1) {
            throw Wrong.that("A blink of the gateway costs a payment a rest in a retry queue")
                    .seen(payment.paymentId() + ": the gateway was down for one call; "
                            + till.desk.deliveries(payment).size() + " deliveries with " + till.gateway.calls(payment)
                            + " calls")
                    .means("The customer waits minutes for what a second call would have mended.")
                    .suspect("a charge outside of the immediate retry");
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(3)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("a payment whose ack is lost is charged once")
    void ackLost(QueueType type) throws Exception {
        Till till = till(type);
        Payment payment = Desk.payment();
        till.desk
                .client("consumer")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.ack"))
                .cutBefore();
        till.consume("consumer");
        till.desk.publish(payment);
        expectCopiesSettled(till, payment, 2, "its ack was lost, so the broker delivered it again", NEW_KEY);
    }

    @Test
    @Order(4)
    @DisplayName("a charge whose answer is lost is not made a second time by the second try")
    void answerLost() throws Exception {
        Till till = till(QueueType.CLASSIC);
        Payment payment = Desk.payment();
        till.gateway.answering(payment, Answer.LOST);
        till.consume("consumer");
        till.desk.publish(payment);
        till.expectPaid(payment);
        till.expectOneCharge(payment, "the answer to the first call was lost, and the call was tried again", NEW_KEY);
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(5)
    @EnumSource(QueueType.class)
    @DisplayName("nor by the next attempt, after a rest")
    void answersLost(QueueType type) throws Exception {
        Till till = till(type);
        Payment payment = Desk.payment();
        // The first call takes the money, the ledger is away, and so the payment comes back.
        till.ledger.refuse(1);
        till.consume("consumer");
        till.desk.publish(payment);
        till.expectPaid(payment);
        till.expectOneCharge(
                payment,
                "it was charged, could not be noted, and came back after a rest",
                "an idempotency key that differs from attempt to attempt");
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(6)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("a process that dies between charge and note leaves no second charge")
    void diesAfterCharge(QueueType type) throws Exception {
        Till till = till(type);
        Payment payment = Desk.payment();
        CountDownLatch stuck = till.gateway.stuckAfter(payment);
        dieAt(till, payment, stuck);
        till.consume("second");
        till.expectPaid(payment);
        till.expectOneCharge(payment, "the process died when the money was taken and not yet noted", NEW_KEY);
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("a process that dies before the charge leaves a payment that is still made")
    void diesBeforeCharge() throws Exception {
        Till till = till(QueueType.QUORUM);
        Payment payment = Desk.payment();
        CountDownLatch stuck = till.gateway.stuckBefore(payment);
        dieAt(till, payment, stuck);
        till.consume("second");
        till.expectPaid(payment);
        till.expectOneCharge(payment, "the process died before any money was taken", NEW_KEY);
    }

    @Test
    @Order(8)
    @DisplayName("a payment that is published twice is charged once")
    void publishedTwice() throws Exception {
        Till till = till(QueueType.CLASSIC);
        Payment payment = Desk.payment();
        till.consume("consumer");
        till.desk.publish(payment);
        till.expectPaid(payment);
        // The shop got no confirm, and sent it once more, as a message with an id of its own.
        till.desk.publish("payment.card", "M-copy", Map.of(), new PaymentCodec().write(payment));
        Eventually.within(Desk.SOON)
                .until("the copy is settled", () -> till.desk.settled("consumer") >= 2)
                .orElse(() -> Wrong.that("The second copy of a payment is neither acknowledged nor set aside")
                        .seen(till.whereabouts(payment)));
        till.expectOneCharge(
                payment, "the shop published it twice, with two message ids", "a key that is the message's");
        expectNoLetter(till, payment);
    }

    @Test
    @Order(9)
    @DisplayName("two processes that get a copy each at the same time charge once")
    void atTheSameTime() throws Exception {
        Till till = till(QueueType.CLASSIC);
        Payment payment = Desk.payment();
        till.gateway.meeting(payment);
        Calls.await(
                () -> {
                    var first = Beside.run(() -> handle(till, payment));
                    handle(till, payment);
                    return first.get(5, TimeUnit.SECONDS);
                },
                "handle()");
        till.expectPaid(payment);
        till.expectOneCharge(
                payment,
                "two processes handled a copy each, and both found that it was not paid",
                "a key that is made up for each charge: the look into the ledger alone is check-then-act");
    }

    @Test
    @Order(10)
    @DisplayName("a copy that comes after a day is not charged, though the gateway has forgotten the key")
    void aDayLater() throws Exception {
        Till till = till(QueueType.QUORUM);
        Payment payment = Desk.payment();
        PaymentConsumer first = till.consume("first");
        till.desk.publish(payment);
        till.expectPaid(payment);
        Eventually.within(Desk.SOON)
                .until("it is acknowledged", () -> till.desk.settled("first") > 0)
                .orElse(() -> Wrong.that("A payment that was made is never acknowledged"));
        first.close();
        till.gateway.forgetKeys();
        till.consume("second");
        till.desk.publish(payment);
        Eventually.within(Desk.SOON)
                .until("the copy is settled", () -> till.desk.settled("second") > 0)
                .orElse(() -> Wrong.that("The second copy of a payment is neither acknowledged nor set aside")
                        .seen(till.whereabouts(payment)));
        till.expectOneCharge(
                payment, "it was published again a day later, and the process was restarted in between", NO_LOOK);
        expectNoLetter(till, payment);
    }

    @Test
    @Order(11)
    @DisplayName("two payments of one order are two charges")
    void twoOfOneOrder() throws Exception {
        Till till = till(QueueType.CLASSIC);
        Payment one = Desk.payment();
        Payment two = new Payment(one.paymentId() + "-b", one.orderId(), new BigDecimal("5.00"));
        till.consume("consumer");
        till.desk.publish(one);
        till.desk.publish(two);
        till.expectPaid(one);
        till.expectPaid(two);
        for (Payment payment : java.util.List.of(one, two)) {
            if (till.gateway.charges(payment) != 1) {
                throw Wrong.that("A second payment of an order is taken for the first")
                        .seen(one.orderId() + " has the payments " + one.paymentId() + " and " + two.paymentId()
                                + "; money was taken " + till.gateway.charges(payment) + " times for "
                                + payment.paymentId())
                        .means("The shop believes that it has the money for the second half, and has not.")
                        .suspect("the order's id as idempotency key");
            }
        }
    }

    @Test
    @Order(12)
    @DisplayName("a declined card is asked once, and the payment is not in the ledger")
    void declined() throws Exception {
        Till till = till(QueueType.CLASSIC);
        Payment payment = Desk.payment();
        till.gateway.answering(payment, Answer.DECLINED);
        till.consume("consumer");
        till.desk.publish(payment);
        GetResponse letter = new DeadLetters(till.desk)
                .expect(
                        payment.paymentId(),
                        one -> true,
                        () -> Wrong.that("A payment that was refused is not set aside")
                                .seen(till.whereabouts(payment))
                                .means("The shop ships, and the card was declined.")
                                .suspect("an exception that is swallowed"));
        DeadLetters.expectHeader(letter, RetryHeaders.FAILURE, Failure.PERMANENT.name());
        if (till.ledger.holds(payment) || till.gateway.calls(payment) != 1) {
            throw Wrong.that("A declined payment is noted as made, or was asked for again")
                    .seen(till.whereabouts(payment));
        }
    }

    @Test
    @Order(13)
    @DisplayName("what nobody understands is called once in each attempt")
    void bug() throws Exception {
        Till till = till(QueueType.CLASSIC);
        Payment payment = Desk.payment();
        till.gateway.answering(payment, Answer.BUG);
        till.consume("consumer");
        till.desk.publish(payment);
        till.expectPaid(payment);
        if (till.desk.deliveries(payment).size() != 2) {
            throw Wrong.that("A failure that nobody understands is repeated at once")
                    .seen(payment.paymentId() + ": " + till.gateway.calls(payment) + " calls in "
                            + till.desk.deliveries(payment).size() + " deliveries; the first answer was 500")
                    .suspect("a retry loop that does not look at the failure");
        }
    }

    @TestFactory
    @Order(14)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("for any answers, copies and lost acks")
    Stream<DynamicTest> properties() {
        return StepProperties.of(EffectProperties.class);
    }

    private Till till(QueueType type) throws Exception {
        return new Till(new Desk(rabbit, type, Desk.policy(40, 2)).declareAll());
    }

    private static Void handle(Till till, Payment payment) throws Exception {
        till.processor().handle(payment);
        return null;
    }

    private static void dieAt(Till till, Payment payment, CountDownLatch stuck) throws Exception {
        till.consume("first");
        till.desk.publish(payment);
        Eventually.within(Desk.SOON)
                .until("the gateway is called", () -> stuck.getCount() == 0)
                .orElse(() -> Wrong.that("A payment is never charged").seen(till.whereabouts(payment)));
        till.kill("first");
    }

    private static void expectCopiesSettled(Till till, Payment payment, int deliveries, String what, String suspect) {
        Eventually.within(Desk.SOON.multipliedBy(2))
                .until(
                        "it is delivered again and settled",
                        () -> till.desk.deliveries(payment).size() >= deliveries && till.desk.settled("consumer") >= 1)
                .orElse(() -> Wrong.that("A payment whose ack was lost does not come again")
                        .seen(till.whereabouts(payment))
                        .means("One blink of the network, and the consumer sits there until somebody restarts it.")
                        .suspect("automatic recovery switched off"));
        till.expectPaid(payment);
        till.expectOneCharge(payment, what, suspect);
        expectNoLetter(till, payment);
    }

    private static void expectNoLetter(Till till, Payment payment) {
        if (till.desk.dead() > 0) {
            throw Wrong.that("A payment that was made is among the dead letters as well")
                    .seen(till.whereabouts(payment))
                    .means("People redrive a payment that is in perfect order.")
                    .suspect("a copy that is taken for a failure");
        }
    }
}
