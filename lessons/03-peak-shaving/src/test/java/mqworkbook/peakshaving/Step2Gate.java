package mqworkbook.peakshaving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step2Gate {

    private static final int TOKENS = 300_000;
    private static final long TENTH = 100_000_000L;

    @Test
    @Order(1)
    @DisplayName("a burst passes, then so many a second, and after a quiet time a burst again")
    void burstThenPace() {
        AtomicLong time = new AtomicLong(42);
        TokenBucket bucket = new TokenBucket(3, 10, time::get);
        expect(bucket, "3 tokens at the beginning", true, true, true, false);
        time.addAndGet(TENTH);
        expect(bucket, "one more after 100 ms, at 10 a second", true, false);
        time.addAndGet(TENTH / 2);
        expect(bucket, "half a token after another 50 ms", false);
        time.addAndGet(TENTH / 2);
        expect(bucket, "the other half after another 50 ms", true, false);
        time.addAndGet(3_600 * 10 * TENTH);
        expect(bucket, "full after an hour, and not fuller", true, true, true, false);
    }

    @TestFactory
    @Order(2)
    @DisplayName("for any pace and any times")
    Stream<DynamicTest> properties() {
        return StepProperties.of(BucketProperties.class);
    }

    @Test
    @Order(3)
    @DisplayName("many threads at the gate get as many tokens as there are")
    void manyThreads() throws Exception {
        for (int round = 0; round < 3; round++) {
            TokenBucket bucket = new TokenBucket(TOKENS, 1, () -> 0);
            CountDownLatch go = new CountDownLatch(1);
            List<CompletableFuture<Integer>> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                threads.add(Beside.run(() -> {
                    go.await();
                    int passed = 0;
                    for (int i = 0; i < TOKENS / 2; i++) {
                        passed += bucket.tryAcquire() ? 1 : 0;
                    }
                    return passed;
                }));
            }
            go.countDown();
            int passed = 0;
            for (CompletableFuture<Integer> thread : threads) {
                passed += Beside.result(
                        thread,
                        Market.SOON,
                        () -> Wrong.that("The gate makes threads wait")
                                .seen(TOKENS / 2 + " calls of tryAcquire() have not returned after "
                                        + Market.SOON.toSeconds() + " s"));
            }
            if (passed != TOKENS) {
                throw Wrong.that("With many threads at the gate another number passes than there are tokens")
                        .seen("4 threads tried " + TOKENS / 2 + " times each, with " + TOKENS
                                + " tokens and the clock standing; " + passed + " passed")
                        .means("The limit holds in the test with one user, and not in the spike.")
                        .suspect("a count that threads read and write without a common lock or a compare-and-set");
            }
        }
    }

    @Test
    @Order(4)
    @DisplayName("who is turned away costs nothing: no command, no message, and no unit")
    void turnedAway(RedisFixture redis, RabbitMqFixture rabbit) throws Exception {
        Market market = new Market(redis, rabbit);
        AtomicLong time = new AtomicLong();
        TokenBucket gate = new TokenBucket(1, 1, time::get);
        FlashSale shop = new FlashSale(gate, market.admission("shop"), market.publisher("shop"));
        Sale sale = market.sale(1);
        Purchase purchase = sale.click(1);
        gate.tryAcquire();
        long commands = redis.commands("shop");
        Outcome outcome = shop.buy(purchase);
        if (outcome != Outcome.TOO_BUSY) {
            throw Wrong.that("A shopper is told " + outcome + " while the gate is closed")
                    .seen(purchase.text() + " came when there was no token left; " + sale.describe())
                    .means("The gate is painted on the wall.")
                    .suspect("a gate that nobody asks, or asks and does not listen to");
        }
        if (redis.commands("shop") > commands) {
            throw Wrong.that("Turning a shopper away has cost a round trip to Redis")
                    .seen(purchase.text() + " was told TOO_BUSY; " + (redis.commands("shop") - commands)
                            + " command(s) were sent")
                    .means("In the spike, the refusals alone are a hundred times the normal load.")
                    .suspect("the gate asked after the admission");
        }
        sale.expectConserved("after " + purchase.text() + " was turned away");
        if (sale.left() != 1) {
            throw Wrong.that("Who was turned away has a reservation all the same")
                    .seen(sale.describe());
        }
    }

    private static void expect(TokenBucket bucket, String when, boolean... expected) {
        for (int i = 0; i < expected.length; i++) {
            boolean let = bucket.tryAcquire();
            if (let != expected[i]) {
                throw Wrong.that(
                                let
                                        ? "The gate lets through more than the rest can bear"
                                        : "The gate turns away whom it has room for")
                        .seen("burst 3, 10 a second; " + when + "; number " + (i + 1) + " was "
                                + (let ? "let through" : "turned away"))
                        .means(
                                let
                                        ? "The spike goes on to what stands behind the gate, and takes it down."
                                        : "Shoppers are sent away from a shop that is half empty.");
            }
        }
    }
}
