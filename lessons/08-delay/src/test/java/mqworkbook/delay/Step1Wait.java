package mqworkbook.delay;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mqworkbook.delay.order.Timeout;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step1Wait {

    private static final Duration BUCKET = Duration.ofMillis(200);

    private static final int FAILURES = 4;

    private RabbitMqFixture rabbit;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        this.rabbit = rabbit;
    }

    @Test
    @Order(1)
    @DisplayName("the queues can be declared again and again: each deployment does")
    void declaredTwice() throws Exception {
        RabbitBench bench = bench();
        bench.declare().declare();
        if (!rabbit.queues().exists(bench.names.dueQueue())) {
            throw Wrong.that("There is no queue of what is due")
                    .seen(bench.names.dueQueue() + " was not declared")
                    .means("Who has waited long enough has nowhere to go.");
        }
    }

    @Test
    @Order(2)
    @DisplayName("a timeout comes when its bucket's time is over, not before, and once")
    void waits() throws Exception {
        RabbitBench bench = bench().declare();
        TimeoutPublisher publisher = bench.publisher("shop");
        bench.consume("first");
        Timeout timeout = bench.dueIn(BUCKET);
        publisher.send(timeout, BUCKET);
        bench.expectHandled(timeout);
        Eventually.within(Bench.SOON)
                .until("it is acknowledged", () -> rabbit.settled("first") > 0)
                .orElse(() -> Wrong.that("A timeout that was handled is never acknowledged")
                        .seen(timeout.orderId() + ": " + bench.whereabouts())
                        .means("The broker keeps it, and delivers it again after each restart of the shop."));
        bench.expectOnce(timeout);
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a timeout that is lost on its way to the broker is reported to the caller, and the next one is not")
    void lost() throws Exception {
        RabbitBench bench =
                RabbitBench.single(rabbit, BUCKET, Duration.ofMillis(700)).declare();
        TimeoutPublisher publisher = bench.publisher("shop");
        bench.consume("first");
        bench.client("shop")
                .relay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .drop();
        Timeout lost = bench.dueIn(BUCKET);
        expectRefused(bench, publisher, lost, "it was lost on its way to the broker, and never confirmed");
        expectNextTaken(bench, publisher);
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("a timeout that no wait queue takes is reported to the caller, and the next one is not")
    void noQueue() throws Exception {
        RabbitBench bench = bench().declare();
        TimeoutPublisher publisher = bench.publisher("shop");
        for (String queue : bench.waitQueues()) {
            rabbit.queues().on(channel -> channel.queueDelete(queue));
        }
        Timeout lost = bench.dueIn(BUCKET);
        expectRefused(bench, publisher, lost, "its wait queue had been deleted");
        bench.declare();
        bench.consume("first");
        expectNextTaken(bench, publisher);
    }

    @Test
    @Order(6)
    @DisplayName("a timeout whose handler has failed comes again, and not at once")
    void failing() throws Exception {
        RabbitBench bench = bench().declare();
        TimeoutPublisher publisher = bench.publisher("shop");
        Timeout timeout = bench.dueIn(BUCKET);
        bench.firings.failing(timeout, FAILURES);
        bench.consume("first");
        publisher.send(timeout, BUCKET);
        bench.expectHandled(timeout, Step1Wait::forgotten);
        List<Firings.Firing> all = bench.firings.of(timeout);
        Duration between =
                Duration.between(all.get(0).at(), all.get(all.size() - 1).at());
        if (between.compareTo(RabbitBench.PAUSE.multipliedBy(FAILURES / 2)) < 0) {
            throw Wrong.that("A timeout that has failed is handed over again at once")
                    .seen(all.size() + " times within " + between.toMillis() + " ms; the pause is "
                            + RabbitBench.PAUSE.toMillis() + " ms")
                    .means("While the database is down, each timeout comes a thousand times a second.")
                    .suspect("requeue without a pause");
        }
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a timeout whose process dies at work comes to another one")
    void diesAtWork() throws Exception {
        RabbitBench bench = bench().declare();
        TimeoutPublisher publisher = bench.publisher("shop");
        Timeout timeout = bench.dueIn(BUCKET);
        CountDownLatch stuck = bench.firings.stuckOn(timeout);
        bench.consume("first");
        publisher.send(timeout, BUCKET);
        bench.await(stuck, timeout);
        // An acknowledgement that is on its way already is not to be cut off with the process.
        Pollers.awaitABit(() -> rabbit.settled("first") > 0);
        bench.kill("first");
        bench.consume("second");
        bench.expectHandled(timeout, TimeoutsContract::lostWithItsProcess);
    }

    @Test
    @Order(7)
    @DisplayName("a message that is no timeout holds up none")
    void poison() throws Exception {
        RabbitBench bench = bench().declare();
        TimeoutPublisher publisher = bench.publisher("shop");
        bench.consume("first");
        for (int i = 0; i < 2 * RabbitBench.PREFETCH; i++) {
            rabbit.queues().publish("", bench.names.dueQueue(), "good morning".getBytes());
        }
        Timeout timeout = bench.dueIn(BUCKET);
        publisher.send(timeout, BUCKET);
        bench.expectHandled(
                timeout,
                () -> Wrong.that("A message that is no timeout holds up all that are")
                        .means("Somebody has published nonsense, and no order is cancelled any more."));
    }

    @Test
    @Order(8)
    @DisplayName("many timeouts, sent by several threads: each comes")
    void many() throws Exception {
        RabbitBench bench = bench().declare();
        TimeoutPublisher publisher = bench.publisher("shop");
        TimeoutConsumer first = bench.consume("first");
        bench.consume("second");
        List<Timeout> timeouts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            timeouts.add(bench.dueIn(BUCKET));
        }
        timeouts.parallelStream().forEach(timeout -> {
            try {
                publisher.send(timeout, BUCKET);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        timeouts.forEach(bench::expectHandled);
        first.close();
        bench.expectDisconnected("first");
    }

    private RabbitBench bench() {
        return RabbitBench.single(rabbit, BUCKET, RabbitBench.CONFIRM_TIMEOUT);
    }

    private static void expectRefused(RabbitBench bench, TimeoutPublisher publisher, Timeout timeout, String what) {
        try {
            publisher.send(timeout, BUCKET);
        } catch (IOException | com.rabbitmq.client.ShutdownSignalException reported) {
            return;
        }
        throw Wrong.that("A timeout that is in no queue is reported as safe")
                .seen(timeout.orderId() + ": " + what + "; send() returned; " + bench.whereabouts())
                .means("The order is taken, and nothing will ever ask whether it was paid.")
                .suspect("no publisher confirm, or a confirm without mandatory");
    }

    private static void expectNextTaken(RabbitBench bench, TimeoutPublisher publisher) throws Exception {
        Timeout next = bench.dueIn(BUCKET);
        publisher.send(next, BUCKET);
        bench.expectHandled(next);
    }

    static Wrong forgotten() {
        return Wrong.that("A timeout whose handler has failed does not come again")
                .means("The database was away for a second, and these orders are never cancelled.")
                .suspect("an exception that is swallowed, or what has failed is acknowledged");
    }
}
