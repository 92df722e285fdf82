package mqworkbook.retry;

import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mqworkbook.retry.CircuitBreaker.State;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TestClock;
import mqworkbook.workbench.judge.Wrong;
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
abstract class Step6Outage {

    private RabbitMqFixture rabbit;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        this.rabbit = rabbit;
    }

    @TestFactory
    @Order(1)
    @DisplayName("for any questions and reports")
    Stream<DynamicTest> properties() {
        return StepProperties.of(BreakerProperties.class);
    }

    @Test
    @Order(2)
    @DisplayName("of many threads that ask a half open breaker, one is let through")
    void oneOfMany() throws Exception {
        for (int round = 0; round < 20; round++) {
            TestClock clock = new TestClock();
            CircuitBreaker breaker = new CircuitBreaker(1, Duration.ofMillis(100), clock);
            breaker.failed("P-1", Failure.TEMPORARY);
            clock.advance(Duration.ofMillis(200));
            int letThrough = askFromThreads(breaker, 8);
            if (letThrough != 1) {
                throw Wrong.that("A half open breaker lets " + letThrough + " payments through at once")
                        .seen("8 threads asked at the same moment")
                        .means(
                                letThrough > 1
                                        ? "The gateway comes back, and each instance's threads fall upon it."
                                        : "The gateway is back, and nobody tries it.")
                        .suspect("a field that is read and written without a lock");
            }
        }
    }

    @Test
    @Order(3)
    @DisplayName("while the gateway is up, all is as before")
    void allWell() throws Exception {
        Outage outage = outage(QueueType.CLASSIC, Desk.policy(30, 2), Duration.ofSeconds(30));
        Desk desk = outage.desk;
        Payment sick = Desk.payment();
        Payment refused = Desk.payment();
        desk.handler.failing(sick, Desk.unavailable(), Desk.bug());
        desk.handler.alwaysFailing(refused, Desk::declined);
        List<Payment> healthy = Desk.payments(10);
        outage.consume("consumer");
        desk.publish(sick);
        desk.publish(refused);
        desk.publish("payment.card", "M-nonsense", Map.of(), "order 17, please".getBytes(StandardCharsets.UTF_8));
        healthy.forEach(desk::publish);
        healthy.forEach(desk::expectMade);
        desk.expectMade(sick);
        desk.expectRests(sick);
        DeadLetters letters = new DeadLetters(desk);
        letters.expect(refused, "A payment that was refused is not set aside");
        letters.expect(
                "nonsense",
                letter -> DeadLetters.id(letter).equals("order 17, please"),
                () -> Wrong.that("A message that is no payment is not set aside")
                        .seen(desk.places()));
        expectState(outage, State.CLOSED, "one sick payment and one that was refused, among ten healthy ones");
    }

    @Test
    @Order(4)
    @DisplayName("one payment that fails again and again is no outage")
    void oneIsNoOutage() throws Exception {
        Outage outage = outage(QueueType.CLASSIC, Desk.policy(6, 20, 1), Duration.ofSeconds(30));
        Payment sick = Desk.payment();
        outage.desk.handler.alwaysFailing(sick, Desk::unavailable);
        outage.consume("consumer");
        outage.desk.publish(sick);
        outage.desk.expectAttempts(sick, Outage.THRESHOLD + 2, "A sick payment closes the shop for everyone");
        expectState(outage, State.CLOSED, sick.paymentId() + " has failed " + (Outage.THRESHOLD + 2) + " times");
    }

    @Test
    @Order(5)
    @DisplayName("payments that are refused, or meet a bug, are no outage")
    void refusedIsNoOutage() throws Exception {
        Outage outage = outage(QueueType.CLASSIC, Desk.policy(30, 2), Duration.ofSeconds(30));
        List<Payment> refused = Desk.payments(2 * Outage.THRESHOLD);
        for (int i = 0; i < refused.size(); i++) {
            boolean declined = i % 2 == 0;
            outage.desk.handler.alwaysFailing(refused.get(i), () -> declined ? Desk.declined() : Desk.bug());
        }
        outage.consume("consumer");
        refused.forEach(outage.desk::publish);
        refused.forEach(payment -> outage.desk.expectAttempts(payment, 1, "A payment is not attempted"));
        expectState(outage, State.CLOSED, refused.size() + " payments were declined or met a bug of ours");
        Payment healthy = Desk.payment();
        outage.desk.publish(healthy);
        outage.desk.expectMade(healthy);
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(6)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("while the gateway is down it is left alone")
    void leftAlone(QueueType type) throws Exception {
        Duration openFor = Duration.ofMillis(200);
        Outage outage = outage(type, Desk.policy(100, 1), openFor);
        outage.begin("consumer");
        long opened = System.nanoTime();
        List<Payment> waiting = Desk.payments(20);
        waiting.forEach(outage.desk::publish);
        Eventually.never(
                "hardly anybody calls",
                Duration.ofMillis(300),
                () -> outage.desk.handler.count() > allowed(opened, openFor),
                () -> Wrong.that("While the gateway is down for everyone, it is called again and again")
                        .seen(outage.desk.handler.count() + " calls, for a threshold of " + Outage.THRESHOLD
                                + " payments, and one probe each " + openFor.toMillis() + " ms; the breaker is "
                                + outage.breaker.state())
                        .means("All payments use up their attempts on a gateway that cannot answer, and keep it down.")
                        .suspect("a consumer that goes on while the breaker is open, or an answer that was none and"
                                + " closed it"));
        outage.end();
        outage.expectAllMade(waiting);
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(7)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("an outage, however long, uses up nobody's attempts")
    void attemptsKept(QueueType type) throws Exception {
        Outage outage = outage(type, Desk.policy(100, 1), Duration.ofMillis(15));
        List<Payment> payments = new ArrayList<>(outage.begin("consumer"));
        Payment another = Desk.payment();
        outage.desk.publish(another);
        payments.add(another);
        // Four payments of three attempts each: twelve calls would have used up all of them.
        outage.awaitCalls(Outage.THRESHOLD + 11);
        outage.expectNoneGivenUp();
        outage.end();
        outage.expectAllMade(payments);
        outage.expectNoneGivenUp();
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("one payment at a time is tried, also by several consumers")
    void oneProbe() throws Exception {
        Outage outage = outage(QueueType.CLASSIC, Desk.policy(30_000, 1), Duration.ofMillis(40));
        outage.begin("first", "second");
        CountDownLatch answer = new CountDownLatch(1);
        int before = outage.desk.handler.count();
        outage.desk.handler.outage(() -> {
            awaitQuietly(answer);
            return Desk.unavailable();
        });
        List<Payment> payments = Desk.payments(10);
        payments.forEach(outage.desk::publish);
        try {
            outage.awaitCalls(before + 1);
            Eventually.never(
                    "no second probe",
                    Desk.QUIET,
                    () -> outage.desk.handler.count() > before + 2,
                    () -> Wrong.that("A gateway that may be back is tried with many payments at once")
                            .seen((outage.desk.handler.count() - before)
                                    + " calls wait for an answer of the gateway; the" + " breaker is "
                                    + outage.breaker.state())
                            .means("It comes back, gets everything that has waited, and is down again.")
                            .suspect("a consumer that does not ask the breaker for each payment"));
        } finally {
            outage.end();
            answer.countDown();
        }
        outage.expectAllMade(payments.subList(2, 10));
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(9)
    @EnumSource(QueueType.class)
    @Tag("fault")
    @DisplayName("a payment that cannot succeed does not keep the others waiting when the gateway is back")
    void poisonAtHead(QueueType type) throws Exception {
        Outage outage = outage(type, Desk.policy(30_000, 1), Duration.ofMillis(150));
        outage.begin("consumer");
        Payment poison = Desk.payment();
        outage.desk.handler.alwaysFailing(poison, Desk::unavailable);
        outage.desk.publish(poison);
        List<Payment> healthy = Desk.payments(5);
        healthy.forEach(outage.desk::publish);
        outage.end();
        outage.expectAllMade(healthy);
    }

    @Test
    @Order(10)
    @Tag("fault")
    @DisplayName("a message that was never at the gateway says nothing of it")
    void nonsenseIsNoAnswer() throws Exception {
        Outage outage = outage(QueueType.CLASSIC, Desk.policy(30_000, 1), Duration.ofMillis(500));
        outage.begin("consumer");
        int before = outage.desk.handler.count();
        outage.desk.publish(
                "payment.card", "M-nonsense", Map.of(), "order 17, please".getBytes(StandardCharsets.UTF_8));
        List<Payment> payments = Desk.payments(10);
        payments.forEach(outage.desk::publish);
        new DeadLetters(outage.desk)
                .expect(
                        "nonsense",
                        letter -> true,
                        () -> Wrong.that("A message that is no payment is not set aside")
                                .seen(outage.desk.places() + "; the breaker is " + outage.breaker.state())
                                .suspect("a message that cannot be read and takes the breaker's one probe with it"));
        Eventually.never(
                "the others go on waiting",
                Desk.QUIET,
                () -> outage.desk.handler.count() >= before + Outage.THRESHOLD,
                () -> Wrong.that("A message that was never at the gateway is taken for its answer")
                        .seen("the gateway is down, a message that is no payment was set aside, and then "
                                + (outage.desk.handler.count() - before) + " payments were sent to the gateway")
                        .means("Each piece of nonsense in the queue ends the pause, in the middle of the outage.")
                        .suspect("a failure to read that is reported to the breaker as permanent"));
        outage.end();
        outage.expectAllMade(payments);
    }

    @Test
    @Order(11)
    @Tag("fault")
    @DisplayName("a payment that was tried in the outage still knows where it came from")
    void originKept() throws Exception {
        Outage outage = outage(QueueType.QUORUM, Desk.policy(30_000, 1), Duration.ofMillis(40));
        outage.begin("consumer");
        int before = outage.desk.handler.count();
        Payment payment = Desk.payment();
        outage.desk.publish(payment, "payment.invoice", Map.of("tenant", "shop-7"));
        outage.awaitCalls(before + 3);
        outage.desk.handler.alwaysFailing(payment, Desk::declined);
        outage.end();
        GetResponse letter = new DeadLetters(outage.desk)
                .expect(payment, "A payment that was refused after an outage is not set aside");
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_EXCHANGE, outage.desk.names.exchange());
        DeadLetters.expectHeader(letter, RetryHeaders.ORIGINAL_ROUTING_KEY, "payment.invoice");
        DeadLetters.expectHeader(letter, "tenant", "shop-7");
        DeadLetters.expectHeader(letter, RetryHeaders.ATTEMPTS, "1");
        DeadLetters.expectWhole(letter, payment);
    }

    @Test
    @Order(12)
    @Tag("fault")
    @DisplayName("a consumer whose connection is cut while it pauses goes on by itself, and acknowledges what it does")
    void cutWhilePausing() throws Exception {
        Outage outage = outage(QueueType.QUORUM, Desk.policy(30_000, 1), Duration.ofMillis(100));
        outage.begin("consumer");
        outage.desk.client("consumer").relay().cut();
        int settled = outage.desk.settled("consumer");
        List<Payment> payments = Desk.payments(5);
        payments.forEach(outage.desk::publish);
        outage.end();
        outage.expectAllMade(payments);
        outage.expectNoneComesBack("consumer", settled, payments);
    }

    @Test
    @Order(13)
    @DisplayName("a consumer that is closed while it pauses has given its connection back")
    void closed() throws Exception {
        Outage outage = outage(QueueType.CLASSIC, Desk.policy(30_000, 1), Duration.ofSeconds(30));
        outage.begin("consumer");
        outage.desk.closeAndCheckForLeaks("consumer");
    }

    private Outage outage(QueueType type, RetryPolicy policy, Duration openFor) throws Exception {
        return new Outage(new Desk(rabbit, type, policy).declareAll(), openFor);
    }

    /** Calls that are in flight when the breaker opens are allowed, and one probe for each time that it was open. */
    private static long allowed(long opened, Duration openFor) {
        long probes = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - opened) / openFor.toMillis() + 1;
        return Outage.THRESHOLD + Desk.PREFETCH + probes;
    }

    private static void expectState(Outage outage, State state, String after) {
        if (outage.breaker.state() != state) {
            throw Wrong.that("The breaker is " + outage.breaker.state() + ", though the gateway is up")
                    .seen(after + "; the threshold is " + Outage.THRESHOLD + " different payments without an answer")
                    .means("One customer's card, and nobody in the shop can pay.")
                    .suspect("failures counted in place of payments, or failures that are answers");
        }
    }

    private static int askFromThreads(CircuitBreaker breaker, int threads) throws Exception {
        AtomicInteger letThrough = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Void>> asking = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            asking.add(Beside.run(() -> {
                go.await();
                if (breaker.tryAcquire()) {
                    letThrough.incrementAndGet();
                }
                return null;
            }));
        }
        go.countDown();
        for (CompletableFuture<Void> one : asking) {
            Calls.await(one, "tryAcquire()");
        }
        return letThrough.get();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
