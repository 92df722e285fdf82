package mqworkbook.retry;

import com.rabbitmq.client.GetResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqClient;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
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
abstract class Step7Redrive {

    private RabbitMqFixture rabbit;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        this.rabbit = rabbit;
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(1)
    @EnumSource(QueueType.class)
    @DisplayName("dead letters are back in the queue of payments, and made")
    void made(QueueType type) throws Exception {
        Desk desk = desk(type);
        Letters letters = new Letters(desk, Desk.CONFIRM_TIMEOUT);
        List<Payment> payments = Desk.payments(3);
        payments.forEach(letters::write);
        int moved = letters.redrive(100);
        if (moved != 3 || desk.dead() > 0) {
            throw Wrong.that("redrive() does not move the dead letters that there are")
                    .seen("3 letters were written, redrive(100) returned " + moved + "; " + desk.places());
        }
        desk.consume();
        payments.forEach(desk::expectMade);
    }

    @Test
    @Order(2)
    @DisplayName("no more are moved than were asked for, and none where there are none")
    void atMost() throws Exception {
        Desk desk = desk(QueueType.CLASSIC);
        Letters letters = new Letters(desk, Desk.CONFIRM_TIMEOUT);
        int none = letters.redrive(5);
        Desk.payments(5).forEach(letters::write);
        int zero = letters.redrive(0);
        int two = letters.redrive(2);
        long back = desk.queues().depth(desk.names.queue());
        if (none != 0 || zero != 0 || two != 2 || back != 2 || desk.dead() != 3) {
            throw Wrong.that("redrive() moves another number of dead letters than was asked for")
                    .seen("of no letters it moved " + none + "; then, of 5, redrive(0) moved " + zero
                            + " and redrive(2) moved " + two + "; " + desk.places())
                    .means("Who wants to try with two, sets off ten thousand.");
        }
    }

    @Test
    @Order(3)
    @DisplayName("a payment that was redriven has all its attempts before it")
    void freshBudget() throws Exception {
        Desk desk = desk(QueueType.QUORUM);
        Letters letters = new Letters(desk, Desk.CONFIRM_TIMEOUT);
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable(), Desk.unavailable());
        letters.write(payment);
        letters.redrive(1);
        desk.consume();
        Eventually.within(Desk.SOON)
                .until("it is made or set aside again", () -> desk.handler.made(payment) || desk.dead() > 0)
                .orElse(() -> Wrong.that("A payment that was redriven is neither made nor set aside")
                        .seen(desk.whereabouts(payment)));
        if (!desk.handler.made(payment)) {
            throw Wrong.that("A payment that was redriven has no attempts left")
                    .seen(payment.paymentId() + " was set aside after 3 attempts, redriven, and set aside again after "
                            + desk.handler.count(payment) + " more; its third would have made it")
                    .means("The cause is mended, everything is redriven, and one blink later it is all back.")
                    .suspect("the old count, which goes along");
        }
        desk.expectRests(payment);
    }

    @Test
    @Order(4)
    @DisplayName("a letter that is written again tells of the new attempts, and of the old origin")
    void writtenAgain() throws Exception {
        Desk desk = desk(QueueType.CLASSIC);
        Letters letters = new Letters(desk, Desk.CONFIRM_TIMEOUT);
        Payment payment = Desk.payment();
        desk.handler.alwaysFailing(payment, Desk::declined);
        letters.write(payment);
        letters.redrive(1);
        desk.consume();
        GetResponse letter =
                new DeadLetters(desk).expect(payment, "A payment that was redriven and refused is not set aside");
        DeadLetters.expectHeader(letter, RetryHeaders.ATTEMPTS, "1");
        DeadLetters.expectHeaderContains(letter, RetryHeaders.REASON, "card declined");
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_EXCHANGE, desk.names.exchange());
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_ROUTING_KEY, "payment.invoice");
        DeadLetters.expectHeader(letter, "tenant", "shop-7");
        DeadLetters.expectWhole(letter, payment);
    }

    @Test
    @Order(5)
    @DisplayName("a redrive concerns this queue alone: other teams get nothing")
    void otherTeams() throws Exception {
        Desk desk = desk(QueueType.CLASSIC);
        String audit = desk.names.prefix() + "audit";
        desk.queues().declare(audit, Map.of());
        desk.queues().bind(audit, desk.names.exchange(), "payment.#");
        Letters letters = new Letters(desk, Desk.CONFIRM_TIMEOUT);
        Payment payment = Desk.payment();
        letters.write(payment);
        letters.redrive(1);
        if (desk.queues().depth(audit) > 0) {
            throw Wrong.that("A redrive sends the payment to every other team once more")
                    .seen(payment.paymentId() + " was redriven, and is in the queue of the audit, bound with payment.#")
                    .means("Whoever redrives our failures, repeats everybody's payments.")
                    .suspect("a redrive to the original exchange");
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(6)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("a letter that is lost on its way back is still among the dead letters")
    void lostOnTheWay(QueueType type) throws Exception {
        Desk desk = desk(type);
        Letters letters = new Letters(desk, Duration.ofMillis(400));
        List<Payment> payments = Desk.payments(2);
        payments.forEach(letters::write);
        desk.losePublish(Letters.REDRIVE);
        boolean reported = letters.redriveReportsTrouble(100, 2);
        letters.expectNoneLost(payments, "the first of them was lost on its way, and never confirmed");
        if (!reported) {
            throw Wrong.that("redrive() hides that a letter could not be moved")
                    .seen("the first of 2 letters was lost on its way, and redrive(100) returned 2");
        }
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("while there is no queue of payments, the letters stay where they are")
    void noQueue() throws Exception {
        Desk desk = desk(QueueType.CLASSIC);
        Letters letters = new Letters(desk, Desk.CONFIRM_TIMEOUT);
        List<Payment> payments = Desk.payments(2);
        payments.forEach(letters::write);
        desk.queues().on(channel -> channel.queueDelete(desk.names.queue()));
        letters.redriveReportsTrouble(100, 2);
        desk.declare();
        letters.expectNoneLost(payments, "there was no queue of payments to take them");
    }

    @Test
    @Order(8)
    @DisplayName("what fails again meanwhile is not moved again: the redrive comes to an end")
    void endsSomeTime() throws Exception {
        Desk desk = desk(QueueType.CLASSIC);
        Letters letters = new Letters(desk, Desk.CONFIRM_TIMEOUT);
        List<Payment> payments = Desk.payments(8);
        payments.forEach(payment -> desk.handler.alwaysFailing(payment, Desk::declined));
        payments.forEach(letters::write);
        desk.consume();
        letters.redrive(1_000);
        Eventually.within(Desk.SOON)
                .until("all are letters again", () -> desk.dead() >= payments.size())
                .orElse(() -> Wrong.that("A payment that was redriven and refused is not set aside")
                        .seen(desk.places()));
        for (Payment payment : payments) {
            if (desk.handler.count(payment) != 1) {
                throw Wrong.that("A payment that fails again is redriven again and again")
                        .seen(payment.paymentId() + " was attempted " + desk.handler.count(payment)
                                + " times by one redrive")
                        .means("Each redrive of what cannot succeed is a loop, at full speed, until somebody kills it.")
                        .suspect("a loop until the queue is empty");
            }
        }
    }

    @Test
    @Order(9)
    @DisplayName("a redrive gives its connection back, also when it fails")
    void closed() throws Exception {
        Desk desk = desk(QueueType.CLASSIC);
        Letters letters = new Letters(desk, Duration.ofMillis(300));
        letters.write(Desk.payment());
        letters.redrive(1);
        letters.write(Desk.payment());
        desk.losePublish(Letters.REDRIVE);
        letters.redriveReportsTrouble(1, 1);
        RabbitMqClient client = desk.client(Letters.REDRIVE);
        Eventually.within(Duration.ofSeconds(2))
                .until("it is disconnected", () -> client.openConnections() == 0)
                .orElse(() -> Wrong.that("A redrive that is over is still connected to the broker")
                        .seen(client.openConnections() + " open connection(s) after two calls of redrive()")
                        .means("Letters that it holds are invisible for everyone until the process ends.")
                        .suspect("a Connection that is not closed when something throws"));
    }

    @TestFactory
    @Order(10)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("for any letters and any faults")
    Stream<DynamicTest> properties() {
        return StepProperties.of(RedriveProperties.class);
    }

    private Desk desk(QueueType type) throws Exception {
        return new Desk(rabbit, type, Desk.policy(30, 1)).declareAll();
    }
}
