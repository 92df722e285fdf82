package mqworkbook.peakshaving;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.CommandMoment;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step1Admission {

    /** No answer needs more commands for one decision; the crash tests go through all of them. */
    private static final int MOST_COMMANDS = 12;

    private static final String SHOP = "shop";

    private RedisFixture redis;
    private Market market;
    private Admission admission;

    @BeforeEach
    void open(RedisFixture redis) {
        this.redis = redis;
        market = new Market(redis);
        admission = market.admission(SHOP);
    }

    @Test
    @Order(1)
    @DisplayName("who comes while there are units wins them, and they are reserved")
    void won() {
        Sale sale = market.sale(5);
        Admissions.expect(Outcome.WON, admission, sale.click(2), sale, "5 are left");
        Admissions.expect(Outcome.WON, admission, sale.click(3), sale, "3 are left");
    }

    @Test
    @Order(2)
    @DisplayName("a quantity that is not there is refused, and a smaller one that is there is not")
    void soldOut() {
        Sale sale = market.sale(3);
        String user = sale.user();
        Admissions.expect(Outcome.SOLD_OUT, admission, sale.click(user, 4), sale, "3 are left");
        Admissions.expect(Outcome.WON, admission, sale.click(user, 2), sale, "3 are left, 4 were refused before");
        Admissions.expect(Outcome.SOLD_OUT, admission, sale.click(2), sale, "1 is left");
        Admissions.expect(Outcome.WON, admission, sale.click(1), sale, "1 is left");
        Admissions.expect(Outcome.SOLD_OUT, admission, sale.click(1), sale, "none is left");
    }

    @Test
    @Order(3)
    @DisplayName("a user wins once in a sale, and hears so, also when all is sold; another sale is another matter")
    void oncePerUser() {
        Sale sale = market.sale(3);
        String user = sale.user();
        Admissions.expect(Outcome.WON, admission, sale.click(user, 2), sale, "3 are left");
        Admissions.expect(Outcome.ALREADY_BOUGHT, admission, sale.click(user, 1), sale, "this user has bought");
        Admissions.expect(Outcome.WON, admission, sale.click(1), sale, "1 is left");
        Admissions.expect(Outcome.ALREADY_BOUGHT, admission, sale.click(user, 1), sale, "this user has bought");
        Sale other = market.sale(1);
        other.register(user);
        Admissions.expect(Outcome.WON, admission, other.click(user, 1), other, "bought in another sale only");
    }

    @Test
    @Order(4)
    @DisplayName("who has not registered wins nothing; a sale that was never opened has nothing to win")
    void notEligible() {
        Sale sale = market.sale(1);
        Purchase stranger = sale.click("U-" + Market.number(), 1);
        Admissions.expect(Outcome.NOT_ELIGIBLE, admission, stranger, sale, "this user has not registered");
        Sale closed = market.sale(0);
        redis.data().del(market.names.stock(closed.id));
        Admissions.expect(Outcome.SOLD_OUT, admission, closed.click(1), closed, "the sale has no stock at all");
    }

    @Test
    @Order(5)
    @DisplayName("the same request again gets the same answer, and no second reservation")
    void sameRequest() {
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        Admissions.expect(Outcome.WON, admission, purchase, sale, "5 are left");
        Admissions.expect(Outcome.WON, admission, purchase, sale, "this very request has won before");
    }

    @Test
    @Order(6)
    @DisplayName("Redis has forgotten the script, and nobody notices")
    void scriptForgotten() {
        Sale sale = market.sale(5);
        Admissions.expect(Outcome.WON, admission, sale.click(1), sale, "5 are left");
        redis.data().scriptFlush();
        Purchase next = sale.click(1);
        try {
            Admissions.expect(Outcome.WON, admission, next, sale, "4 are left");
        } catch (RedisException e) {
            throw Wrong.that("After a restart of Redis nobody can buy")
                    .seen(next.text() + ", after Redis had forgotten all scripts: " + e)
                    .means(
                            "Redis restarts in the middle of the sale, and every click fails until the shop restarts too.")
                    .suspect("EVALSHA without a way back to EVAL or SCRIPT LOAD")
                    .because(e);
        }
    }

    @Test
    @Order(7)
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("of two shoppers who come at once for the last units, one wins")
    void twoAtOnce() throws Exception {
        Admission quick = market.admission("quick shop");
        for (int command = 1; command <= MOST_COMMANDS; command++) {
            Sale sale = market.sale(2);
            Purchase slow = sale.click(2);
            Purchase other = sale.click(2);
            if (!interleave(command, slow, quick, other, sale, Outcome.SOLD_OUT)) {
                return;
            }
        }
    }

    @Test
    @Order(8)
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("of two clicks of one user at once, one wins")
    void twiceAtOnce() throws Exception {
        Admission quick = market.admission("quick shop");
        for (int command = 1; command <= MOST_COMMANDS; command++) {
            Sale sale = market.sale(10);
            String user = sale.user();
            if (!interleave(command, sale.click(user, 2), quick, sale.click(user, 3), sale, Outcome.ALREADY_BOUGHT)) {
                return;
            }
        }
    }

    @Test
    @Order(9)
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("a shopper who wants more than is left is in nobody's way")
    void tooMuchInBetween() throws Exception {
        Admission quick = market.admission("quick shop");
        for (int command = 1; command <= MOST_COMMANDS; command++) {
            Sale sale = market.sale(3);
            Purchase tooMuch = sale.click(5);
            Purchase fits = sale.click(2);
            CommandMoment moment = CommandMoment.holdCommand(redis.client(SHOP), command);
            CompletableFuture<Outcome> slowly = Beside.run(() -> admission.reserve(tooMuch));
            Admissions.awaitEither(slowly, moment);
            String situation = "3 are left; somebody who wants 5 waits before their command " + command;
            if (moment.hasCome()) {
                CompletableFuture<Outcome> quickly = Beside.run(() -> quick.reserve(fits));
                awaitAtMost(quickly, Duration.ofSeconds(1));
                moment.release();
                Admissions.expectSaid(Outcome.WON, Admissions.result(quickly, fits), fits, sale, situation);
            }
            moment.release();
            Admissions.expectSaid(Outcome.SOLD_OUT, Admissions.result(slowly, tooMuch), tooMuch, sale, "3 were left");
            sale.expectConserved("when both have their answers");
            if (!moment.hasCome()) {
                return;
            }
        }
    }

    @Test
    @Order(10)
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("a process that dies in the middle of a decision takes no unit with it")
    void diesInBetween() {
        for (int quantity : new int[] {2, 9}) {
            for (int command = 1; command <= MOST_COMMANDS; command++) {
                Sale sale = market.sale(5);
                String process = "shop, dying before command " + command + " for " + quantity;
                Admission dying = market.admission(process);
                dying.reserve(sale.click(1));
                CommandMoment death = CommandMoment.dieBeforeCommand(redis.client(process), command);
                CompletableFuture<Outcome> call = Beside.run(() -> dying.reserve(sale.click(quantity)));
                Admissions.awaitEither(call, death);
                if (!death.hasCome()) {
                    break;
                }
                redis.client(process).die();
                sale.expectConserved("after a process has died before its command " + command
                        + " for somebody who wants " + quantity);
            }
        }
    }

    @Test
    @Order(11)
    @Tag("fault")
    @DisplayName("a decision that Lettuce sends again, for want of a reply, is made once, and the winner hears of it")
    void sentAgainByLettuce() throws Exception {
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        admission.reserve(sale.click(1));
        Relay relay = redis.client(SHOP).relay();
        // The reply to whichever command makes the reservation: as it comes, the reservation is there.
        Rule lost = relay.on(Direction.TO_CLIENT, message -> CommandMoment.isAboutData(message) && sale.holds(purchase))
                .every()
                .drop();
        CompletableFuture<Outcome> call = Beside.run(() -> admission.reserve(purchase));
        Eventually.within(Market.SOON)
                .until("the reservation is made, and the reply is lost", () -> sale.holds(purchase))
                .orElse(() ->
                        Wrong.that("A purchase is never reserved").seen(purchase.text() + "; " + sale.describe()));
        hit(lost);
        lost.cancel();
        redis.killConnections(SHOP);
        Outcome outcome = Admissions.inTheEnd(call, purchase, () -> admission.reserve(purchase));
        String situation = "it was reserved, the reply was lost with the connection, and then it came a second time";
        sale.expectConserved("when " + purchase.text() + " had come a second time");
        if (sale.left() != 2 || !sale.holds(purchase)) {
            throw Wrong.that("A reservation was made twice")
                    .seen(purchase.text() + ": " + situation + "; " + sale.describe())
                    .means(
                            "After each blink of the network units are missing, and at the end they were sold to nobody.")
                    .suspect("a script that does not know its own request again");
        }
        Admissions.expectSaid(Outcome.WON, outcome, purchase, sale, situation);
    }

    @Test
    @Order(12)
    @DisplayName("many threads share one admission, and all is sold, to the last unit")
    void manyThreads() throws Exception {
        Sale sale = market.sale(20);
        List<Purchase> clicks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clicks.add(sale.click(1));
        }
        long before = redis.client(SHOP).relay().acceptedConnections();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            List<Purchase> own = clicks.subList(thread * 5, thread * 5 + 5);
            threads.add(Beside.run(() -> {
                go.await();
                int won = 0;
                for (Purchase purchase : own) {
                    won += admission.reserve(purchase) == Outcome.WON ? 1 : 0;
                }
                return won;
            }));
        }
        go.countDown();
        int won = 0;
        for (CompletableFuture<Integer> thread : threads) {
            won += ofThread(thread);
        }
        sale.expectConserved("after 40 clicks by 8 threads");
        if (won != 20) {
            throw Wrong.that("Of 20 units " + won + " were won, by 40 who each wanted one")
                    .seen("8 threads, one admission; " + sale.describe())
                    .means("The customers were told one thing, and the books say another.")
                    .suspect("a connection in a transaction (MULTI, WATCH) that threads share");
        }
        long opened = redis.client(SHOP).relay().acceptedConnections() - before;
        if (opened > 8) {
            throw Wrong.that("Each decision opens a connection of its own")
                    .seen(opened + " connections were opened for 40 clicks")
                    .means(
                            "Connecting costs more than deciding: the sale is slowest when it matters, and Redis runs out"
                                    + " of connections.")
                    .suspect("redis.connect() for each call");
        }
    }

    @TestFactory
    @Order(13)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("for any clicks, quantities and repetitions")
    Stream<DynamicTest> properties() {
        return StepProperties.of(AdmissionProperties.class);
    }

    @Test
    @Order(14)
    @DisplayName("a closed admission is disconnected")
    void closed() {
        Sale sale = market.sale(1);
        admission.reserve(sale.click(1));
        admission.close();
        Eventually.within(Market.SOON)
                .until("disconnected", () -> redis.client(SHOP).openConnections() == 0)
                .orElse(() -> Wrong.that("A closed admission is still connected to Redis")
                        .seen(redis.client(SHOP).openConnections() + " connection(s) after close()")
                        .means("Each reload leaves a connection behind."));
    }

    private static int ofThread(CompletableFuture<Integer> thread) throws Exception {
        try {
            return Beside.result(thread, Market.SOON, () -> Admissions.late("one of 40 clicks"));
        } catch (RuntimeException e) {
            if (e instanceof Todo) {
                throw e;
            }
            throw Wrong.that("Decisions fail when several threads make them at once")
                    .seen(e.toString())
                    .means("It works on the desk of whoever tries it alone.")
                    .suspect("MULTI, WATCH and EXEC on a connection that threads share: their commands mix")
                    .because(e);
        }
    }

    /** One is held before its n-th command, while the other is served; false when there is no n-th command. */
    private boolean interleave(int command, Purchase slow, Admission quick, Purchase other, Sale sale, Outcome loser)
            throws Exception {
        CommandMoment moment = CommandMoment.holdCommand(redis.client(SHOP), command);
        CompletableFuture<Outcome> slowly = Beside.run(() -> admission.reserve(slow));
        Admissions.awaitEither(slowly, moment);
        if (!moment.hasCome()) {
            moment.release();
            return false;
        }
        String situation = slow.text() + " waited before its command " + command + ", and " + other.text() + " came";
        CompletableFuture<Outcome> quickly = Beside.run(() -> quick.reserve(other));
        // Whoever waits for the slow one is right too, as long as it ends when the slow one does.
        awaitAtMost(quickly, Duration.ofSeconds(1));
        moment.release();
        Outcome first = Admissions.result(quickly, other);
        Outcome second = Admissions.result(slowly, slow);
        List<Outcome> both = List.of(first, second);
        if (!both.contains(Outcome.WON) || !both.contains(loser)) {
            throw Wrong.that(
                            first == second
                                    ? "Two have won what is there for one"
                                    : "Two who come at once are told " + first + " and " + second)
                    .seen(situation + "; told " + second + " and " + first + "; " + sale.describe())
                    .means("More is sold than there is, or a user gets twice what one may have.")
                    .suspect("a look and a change in two steps: between them somebody else has looked, too");
        }
        sale.expectConserved("when " + situation);
        return true;
    }

    private static void awaitAtMost(CompletableFuture<?> call, Duration limit) {
        try {
            call.get(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            // It waits, or it has failed, which its result tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hit(Rule rule) {
        try {
            rule.awaitHit(Market.SOON);
        } catch (AssertionError e) {
            mqworkbook.workbench.judge.Problems.throwIfAny();
            throw Wrong.that("Redis was not asked");
        }
    }
}
