package mqworkbook.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import org.junit.jupiter.api.Assumptions;
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
abstract class Step3Delayed {

    private RabbitMqFixture rabbit;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        this.rabbit = rabbit;
    }

    @TestFactory
    @Order(1)
    @DisplayName("for any policy")
    Stream<DynamicTest> schedule() {
        return StepProperties.of(BackoffProperties.class);
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(2)
    @EnumSource(QueueType.class)
    @DisplayName("a payment is made, and then acknowledged")
    void made(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(30_000, 2)).declare();
        Payment payment = Desk.payment();
        PaymentConsumer consumer = desk.consume();
        desk.publish(payment);
        desk.expectMade(payment);
        Eventually.within(Desk.SOON)
                .until("the ack is on the wire", () -> desk.settled("consumer") > 0)
                .orElse(() -> Wrong.that("A payment that was made is never acknowledged")
                        .seen(desk.whereabouts(payment))
                        .means(
                                "The broker keeps it, holds back the next ones at the prefetch limit, and delivers it all"
                                        + " again after each restart."));
        consumer.close();
        if (desk.queues().depth(desk.names.queue()) > 0) {
            throw Wrong.that("A payment that was made is back in its queue").seen(desk.whereabouts(payment));
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(3)
    @EnumSource(QueueType.class)
    @DisplayName("a payment that has failed rests, longer each time, and is made in the end")
    void rests(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(60, 3)).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable(), Desk.unavailable());
        desk.consume();
        desk.publish(payment);
        desk.expectAttempts(payment, 2, "A payment that has failed does not come back");
        desk.expectRests(payment);
        desk.expectMade(payment);
        desk.expectRests(payment);
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(4)
    @EnumSource(QueueType.class)
    @DisplayName("healthy payments do not wait for sick ones")
    void healthyFirst(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(30_000, 2)).declare();
        List<Payment> sick = Desk.payments(2 * Desk.PREFETCH);
        sick.forEach(payment -> desk.handler.alwaysFailing(payment, Desk::unavailable));
        desk.consume();
        sick.forEach(desk::publish);
        List<Payment> healthy = Desk.payments(3);
        healthy.forEach(desk::publish);
        Eventually.within(Desk.SOON)
                .until("the healthy ones are made", () -> healthy.stream().allMatch(desk.handler::made))
                .orElse(() -> Wrong.that("Healthy payments wait behind sick ones")
                        .seen(sick.size() + " payments fail and rest for 30 s, among them "
                                + sick.get(0).paymentId() + "; after " + Desk.SOON.toSeconds() + " s "
                                + desk.whereabouts(healthy.get(0)))
                        .means("One customer's bank is down, and nobody in the shop can pay.")
                        .suspect("a sleep in the consumer, requeue, or a rest that is spent at the consumer"));
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(5)
    @EnumSource(QueueType.class)
    @DisplayName("a short rest does not wait for a long one")
    void shortBehindLong(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(40, 1000)).declare();
        Payment late = Desk.payment();
        desk.handler.alwaysFailing(late, Desk::unavailable);
        desk.consume();
        desk.publish(late);
        desk.expectAttempts(late, 2, "A payment that has failed does not come back");
        Eventually.within(Desk.SOON)
                .until("it rests again", () -> desk.settled("consumer") >= 2)
                .orElse(() -> Wrong.that("A payment that has failed twice is not sent on"));
        Payment soon = Desk.payment();
        desk.handler.failing(soon, Desk.unavailable());
        desk.publish(soon);
        Eventually.within(Desk.SOON)
                .until(soon.paymentId() + " is made", () -> desk.handler.made(soon))
                .orElse(() -> Wrong.that("A payment with a short rest waits behind one with a long rest")
                        .seen(late.paymentId() + " rests for 40 s, then " + soon.paymentId()
                                + " was laid to rest for 40 ms; after " + Desk.SOON.toSeconds() + " s "
                                + desk.whereabouts(soon))
                        .means("One payment that has failed often holds up the first retry of all others.")
                        .suspect(
                                "one retry queue for all delays, with a time to live for each message: a message expires"
                                        + " only at the head of its queue"));
    }

    @Test
    @Order(6)
    @DisplayName("the count of attempts travels with the payment, and all that it carried stays with it")
    void headers() throws Exception {
        Desk desk = desk(QueueType.QUORUM, Desk.policy(30, 1)).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable(), Desk.unavailable());
        desk.consume();
        desk.publish(payment, "payment.invoice", Map.of("tenant", "shop-7"));
        desk.expectAttempts(payment, 3, "A payment that has failed does not come back");
        Eventually.within(Desk.SOON)
                .until("its deliveries are seen", () -> desk.deliveries(payment).size() >= 3)
                .orElse(() -> Carried.notSeen(payment, desk.wire()));
        for (int failed = 1; failed <= 2; failed++) {
            Carried.expectAll(payment, desk.deliveries(payment).get(failed), failed);
        }
    }

    @Test
    @Order(7)
    @DisplayName("a retry concerns this queue alone: other teams get each payment once")
    void otherTeams() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(30, 1)).declare();
        String audit = desk.names.prefix() + "audit";
        desk.queues().declare(audit, Map.of());
        desk.queues().bind(audit, desk.names.exchange(), "payment.#");
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable());
        desk.consume();
        desk.publish(payment);
        desk.expectMade(payment);
        long copies = desk.queues().depth(audit);
        if (copies != 1) {
            throw Wrong.that("A retry sends the payment to every other team once more")
                    .seen(payment.paymentId()
                            + " was published once and retried once; the queue of the audit, bound with"
                            + " payment.#, holds " + copies)
                    .means("Each failed attempt of ours is a second payment in the books of others.")
                    .suspect("retries that come back by way of the exchange of payments");
        }
    }

    @Test
    @Order(8)
    @DisplayName("payments that fail at the same moment do not all come back at the same moment")
    void spread() throws Exception {
        RetryPolicy policy =
                new RetryPolicy(2, Duration.ofMillis(150), 2, Duration.ofSeconds(60), 1.0, Desk.CONFIRM_TIMEOUT);
        Desk desk = desk(QueueType.CLASSIC, policy).declare();
        List<Payment> payments = Desk.payments(25);
        payments.forEach(payment -> desk.handler.failing(payment, Desk.unavailable()));
        desk.consume();
        payments.forEach(desk::publish);
        payments.forEach(desk::expectMade);
        payments.forEach(desk::expectRests);
        List<Long> rests = new ArrayList<>();
        for (Payment payment : payments) {
            List<TestHandler.Attempt> attempts = desk.handler.attempts(payment);
            rests.add(TimeUnit.NANOSECONDS.toMillis(
                    attempts.get(1).began() - attempts.get(0).ended()));
        }
        long shortest = rests.stream().mapToLong(rest -> rest).min().orElse(0);
        long longest = rests.stream().mapToLong(rest -> rest).max().orElse(0);
        if (longest - shortest < 45) {
            throw Wrong.that("Payments that failed together come back together")
                    .seen(payments.size() + " payments rested " + shortest + " to " + longest
                            + " ms; with jitter 1.0 and a first delay of 150 ms it should be about 150 to 300 ms")
                    .means("The gateway comes back, and gets the whole backlog in one blow: it is down again.")
                    .suspect("jitter that is computed and not used, or one draw for all");
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(9)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("a payment whose consumer dies at work is attempted by another one")
    void diesAtWork(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(30_000, 2)).declare();
        Payment payment = Desk.payment();
        CountDownLatch stuck = desk.handler.stuckOn(payment);
        desk.consume("first");
        desk.publish(payment);
        if (!stuck.await(Desk.SOON.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Wrong.that("A payment is never attempted").seen(desk.whereabouts(payment));
        }
        desk.kill("first");
        desk.consume("second");
        Eventually.within(Desk.SOON)
                .until("the second process makes it", () -> desk.handler.made(payment))
                .orElse(() -> Wrong.that("A payment is lost with the consumer that was at work on it")
                        .seen("the first process died during its attempt; " + desk.whereabouts(payment))
                        .means("Each deploy costs a handful of payments, and nobody is told.")
                        .suspect("automatic acknowledgement, or an ack before the work"));
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(10)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("a payment whose retry is lost on the way to the broker is not lost")
    void retryLost(QueueType type) throws Exception {
        RetryPolicy policy = Desk.withConfirmTimeout(Desk.policy(50, 2), Duration.ofMillis(400));
        Desk desk = desk(type, policy).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable());
        desk.consume();
        desk.losePublish("consumer");
        desk.publish(payment);
        // Healthy company: its acknowledgements must not take the lost one along.
        List<Payment> healthy = Desk.payments(3);
        healthy.forEach(desk::publish);
        healthy.forEach(desk::expectMade);
        expectNotLost(desk, payment, "its way to the retry queue was lost, and never confirmed");
    }

    @Test
    @Order(11)
    @Tag("fault")
    @DisplayName("a payment whose connection is cut before its retry has arrived is not lost")
    void cutBeforeRetry() throws Exception {
        Desk desk = desk(QueueType.QUORUM, Desk.policy(50, 2)).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable());
        desk.client("consumer")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .cutBefore();
        desk.consume();
        desk.publish(payment);
        expectNotLost(desk, payment, "the connection was cut before it was in a retry queue");
        Payment next = Desk.payment();
        desk.handler.failing(next, Desk.unavailable());
        desk.publish(next);
        Eventually.within(Desk.SOON)
                .until("the next one is made", () -> desk.handler.made(next))
                .orElse(() -> Wrong.that("After its connection was cut, the consumer can no longer send payments on")
                        .seen(desk.whereabouts(next))
                        .means(
                                "One blink of the network, and every failure after it is stuck until somebody restarts the"
                                        + " consumer.")
                        .suspect("a channel that is not opened again"));
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(12)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("a payment whose retry queue is gone is not lost")
    void retryQueueGone(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(50, 2)).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable());
        PaymentConsumer consumer = desk.consume();
        desk.deleteRetryQueues();
        desk.publish(payment);
        desk.expectAttempts(payment, 1, "A payment is never attempted");
        desk.awaitLettingGo(payment);
        if (desk.handler.made(payment) || desk.dead() > 0 || desk.resting() > 0) {
            return;
        }
        consumer.close();
        Eventually.within(Desk.SOON)
                .until(
                        "it is back in its queue",
                        () -> desk.handler.made(payment) || desk.queues().depth(desk.names.queue()) > 0)
                .orElse(() -> lost(desk, payment, "there was no retry queue to take it"));
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(13)
    @EnumSource(QueueType.class)
    @DisplayName("the count survives its consumers: each attempt may be made by another process")
    void severalConsumers(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(60, 3)).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable(), Desk.unavailable());
        desk.publish(payment);
        desk.attemptBy("first", payment, 1);
        desk.consume("second");
        desk.expectMade(payment);
        desk.expectRests(payment);
    }

    @Test
    @Order(14)
    @DisplayName("the count of another team's consumer is understood")
    void anotherTeamsCount() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(20, 10)).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable());
        desk.consume();
        // Theirs is written in Go, and an int is 64 bits wide there.
        desk.publish(payment, "payment.card", Map.of(RetryHeaders.ATTEMPTS, 1L));
        desk.expectAttempts(payment, 2, "A payment with a count of another program's does not come back");
        Duration rested = Duration.ofNanos(desk.handler.attempts(payment).get(1).began()
                - desk.handler.attempts(payment).get(0).ended());
        Rests.expectNotShorter(payment, 2, rested, desk.rest(2));
        Carried.expectCount(payment, desk.deliveries(payment).get(1), 2);
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(15)
    @EnumSource(QueueType.class)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("many payments, many failures: each rests as it should, and is made")
    void many(QueueType type) throws Exception {
        Desk desk = desk(type, Desk.policy(40, 2)).declare();
        List<Payment> payments = Desk.payments(30);
        for (int i = 0; i < payments.size(); i++) {
            Exception[] failures =
                    Stream.generate(Desk::unavailable).limit(i % 3).toArray(Exception[]::new);
            desk.handler.failing(payments.get(i), failures);
        }
        desk.consume("first");
        desk.consume("second");
        payments.forEach(desk::publish);
        payments.forEach(desk::expectMade);
        payments.forEach(desk::expectRests);
    }

    @Test
    @Order(16)
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("payments that rest survive a restart of the broker, and the consumer goes on by itself")
    void brokerRestarts() throws Exception {
        Assumptions.assumeTrue(
                rabbit.broker().capabilities().restartable(),
                () -> rabbit.broker().capabilities().whyNotRestartable());
        List<Desk> desks = new ArrayList<>();
        List<Payment> payments = new ArrayList<>();
        for (QueueType type : QueueType.values()) {
            Desk desk = desk(type, Desk.policy(60_000, 1)).declare();
            Payment payment = Desk.payment();
            desk.handler.failing(payment, Desk.unavailable());
            desk.consume();
            desk.publish(payment);
            desks.add(desk);
            payments.add(payment);
        }
        for (int i = 0; i < desks.size(); i++) {
            Desk desk = desks.get(i);
            desk.expectAttempts(payments.get(i), 1, "A payment is never attempted");
            Eventually.within(Desk.SOON)
                    .until("it rests", () -> desk.settled("consumer") > 0)
                    .orElse(() -> Wrong.that("A payment that has failed is not sent on"));
        }
        rabbit.restartBroker();
        for (int i = 0; i < desks.size(); i++) {
            expectSurvived(desks.get(i), payments.get(i));
        }
    }

    @Test
    @Order(17)
    @DisplayName("a closed consumer has given its connection back")
    void closed() throws Exception {
        Desk desk = desk(QueueType.CLASSIC, Desk.policy(20, 1)).declare();
        Payment payment = Desk.payment();
        desk.handler.failing(payment, Desk.unavailable());
        desk.consume();
        desk.publish(payment);
        desk.expectMade(payment);
        desk.closeAndCheckForLeaks("consumer");
    }

    private Desk desk(QueueType type, RetryPolicy policy) {
        return new Desk(rabbit, type, policy);
    }

    /** The payment still rests; where it expires in the very moment of a restart, at-most-once dead-lettering loses it. */
    private static void expectSurvived(Desk desk, Payment resting) {
        Duration recovery = Desk.SOON.multipliedBy(3);
        Eventually.within(recovery)
                .until("it still rests", () -> desk.resting() + desk.queues().depth(desk.names.queue()) > 0)
                .orElse(() -> Wrong.that("A payment that was resting when the broker restarted is lost")
                        .seen(desk.whereabouts(resting))
                        .means("A security update of the broker, and every payment that was waiting is gone.")
                        .suspect("a transient retry queue, or a transient message"));
        Eventually.within(recovery)
                .until("the consumer is back", () -> desk.queues().consumers(desk.names.queue()) > 0)
                .orElse(() -> Wrong.that("After a restart of the broker the consumer does not come back")
                        .seen(desk.places())
                        .means("The update was at night, and in the morning nobody could pay.")
                        .suspect("automatic recovery switched off, or a connection that is thrown away"));
        Payment next = Desk.payment();
        desk.publish(next);
        desk.expectMade(next);
    }

    private static void expectNotLost(Desk desk, Payment payment, String fault) {
        Eventually.within(Desk.SOON)
                .until(payment.paymentId() + " is made", () -> desk.handler.made(payment))
                .orElse(() -> lost(desk, payment, fault));
    }

    private static Wrong lost(Desk desk, Payment payment, String fault) {
        return Wrong.that("A payment was acknowledged before it was safe in another queue, and is lost")
                .seen(fault + "; " + desk.whereabouts(payment))
                .means("The customer has ordered, is never charged, and no queue holds the payment.")
                .suspect("an ack before the publish, a publish without a confirm, without mandatory, or an ack with"
                        + " multiple=true that takes others along");
    }
}
