package mqworkbook.peakshaving;

import com.rabbitmq.client.GetResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
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
abstract class Step3Buffer {

    private static final String SHOP = "shop";
    private static final int SMALL = 3;
    private static final int MOST_COMMANDS = 12;

    private RedisFixture redis;
    private Market market;
    private Buys buys;
    private FlashSale shop;

    @BeforeEach
    void open(RedisFixture redis, RabbitMqFixture rabbit) throws Exception {
        this.redis = redis;
        market = new Market(redis, rabbit);
        buys = new Buys(market);
        shop = market.shop(SHOP);
    }

    @Test
    @Order(1)
    @DisplayName("the queue is durable, and declaring it twice is harmless")
    void declared() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        market.declareQueue(Market.QUEUE_LIMIT);
        for (String queue : List.of(market.names.orders(), market.names.deadLetters())) {
            if (!market.queues().exists(queue)) {
                throw Wrong.that("A queue was not declared").seen("there is no queue " + queue);
            }
            if (!market.queues().durableQueue(queue)) {
                throw Wrong.that("A queue does not survive a restart of the broker")
                        .seen(queue + " is not durable")
                        .means("The broker restarts in the middle of the sale, and everything that was won is gone.");
            }
        }
    }

    @Test
    @Order(2)
    @DisplayName("a full queue refuses what is new, and keeps what it has")
    void bounded() throws Exception {
        market.declareQueue(SMALL);
        Sale sale = market.sale(1);
        Purchase oldest = sale.click("U-oldest", 1);
        market.enqueue(oldest);
        buys.fillQueue(SMALL);
        List<Purchase> kept = market.takeWaiting();
        if (!kept.contains(oldest)) {
            throw Wrong.that("A full queue throws away what it has confirmed")
                    .seen(oldest.text() + " was confirmed, and is gone; in the queue: " + Buys.texts(kept))
                    .means("Those who were first lose what they have won, and nobody is told.")
                    .suspect("the default overflow, drop-head");
        }
    }

    @Test
    @Order(3)
    @DisplayName("a message that is rejected is a dead letter")
    void rejected() throws Exception {
        market.declareQueue(SMALL);
        market.queues().publish("", market.names.orders(), Market.bytes("two of these, please"));
        market.queues().reject(market.names.orders());
        Eventually.within(Market.SOON)
                .until("it is in the dead-letter queue", () -> market.queues().depth(market.names.deadLetters()) == 1)
                .orElse(() -> Wrong.that("A rejected message is gone")
                        .seen("rejected from " + market.names.orders() + "; "
                                + market.queues().depth(market.names.deadLetters()) + " in "
                                + market.names.deadLetters())
                        .means("Nobody can look at what went wrong.")
                        .suspect("no dead-letter exchange and routing key on the queue"));
    }

    @Test
    @Order(4)
    @DisplayName("a win is in the queue, to stay there; who has not won is not")
    void won() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        Sale sale = market.sale(3);
        Purchase first = sale.click(2);
        Admissions.expectSaid(Outcome.WON, buys.buy(shop, first), first, sale, "3 are left");
        buys.expectWaiting(1, () -> Wrong.that("A win never reached the queue").seen(first.text() + " was told WON"));
        GetResponse message = market.queues().take(market.names.orders()).orElseThrow();
        if (!Market.purchase(message.getBody()).equals(first)) {
            throw Wrong.that("Another purchase is in the queue than was won")
                    .seen("won: " + first.text() + "; in the queue: "
                            + Market.purchase(message.getBody()).text());
        }
        Integer mode = message.getProps().getDeliveryMode();
        if (mode == null || mode != 2) {
            throw Wrong.that("A win does not survive a restart of the broker")
                    .seen("delivery mode of " + first.requestId() + " is " + (mode == null ? "not set" : mode)
                            + "; 2 is persistent")
                    .means("A durable queue survives, and comes back empty.")
                    .suspect("the default properties of basicPublish");
        }
        Purchase tooMuch = sale.click(2);
        Admissions.expectSaid(Outcome.SOLD_OUT, buys.buy(shop, tooMuch), tooMuch, sale, "1 is left");
        Purchase again = sale.click(first.userId(), 1);
        Admissions.expectSaid(Outcome.ALREADY_BOUGHT, buys.buy(shop, again), again, sale, "this user has bought");
        Purchase stranger = sale.click("U-stranger", 1);
        Admissions.expectSaid(Outcome.NOT_ELIGIBLE, buys.buy(shop, stranger), stranger, sale, "not registered");
        Eventually.never(
                "nothing more comes into the queue",
                Market.QUIET,
                () -> market.waiting() > 0,
                () -> Wrong.that("Somebody who has not won is in the queue")
                        .seen("in the queue: " + Buys.texts(market.takeWaiting()))
                        .means("An order is made for units that nobody reserved."));
        sale.expectConserved("after four clicks");
    }

    @Test
    @Order(5)
    @DisplayName("what a full queue refuses is given back, and can be won again")
    void refused() throws Exception {
        market.declareQueue(SMALL);
        Sale sale = market.sale(2);
        Purchase purchase = sale.click(2);
        buys.fillQueue(SMALL);
        buys.expectGivenBack(purchase, sale, buys.buy(shop, purchase), "the queue was full and refused it");
        market.takeWaiting();
        Purchase again = sale.click(purchase.userId(), 1);
        Outcome outcome = awaitRoom(again);
        buys.expectQueued(again, sale, outcome, "the same user came again, when there was room");
    }

    @Test
    @Order(6)
    @DisplayName("a win for which there is no queue is given back")
    void noQueue() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        market.queues().on(channel -> channel.queueDelete(market.names.orders()));
        Sale sale = market.sale(2);
        Purchase purchase = sale.click(2);
        buys.expectGivenBack(purchase, sale, buys.buy(shop, purchase), "there is no queue of that name");
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("a win whose confirm is lost is neither lost nor doubled")
    void confirmLost() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        warmUp();
        Sale sale = market.sale(2);
        Purchase purchase = sale.click(2);
        rabbitRelay()
                .on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                .cutBefore();
        Outcome outcome = buys.buy(shop, purchase);
        buys.expectStands(purchase, sale, "the connection was cut before the confirm was back");
        buys.expectQueued(purchase, sale, outcome, "the connection was cut before the confirm was back");
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("a win that may have been lost on its way stays reserved")
    void publishLost() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        warmUp();
        Sale sale = market.sale(2);
        Purchase purchase = sale.click(2);
        rabbitRelay()
                .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                .cutBefore();
        Outcome outcome = buys.buy(shop, purchase);
        String situation = "the connection was cut when it was published";
        buys.expectStands(purchase, sale, situation);
        Admissions.expectSaid(Outcome.WON, outcome, purchase, sale, situation);
    }

    @Test
    @Order(9)
    @Tag("fault")
    @DisplayName("a broker that does not answer keeps nobody waiting, and loses nobody's win")
    void silence() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        FlashSale impatient = market.shop("impatient shop", Duration.ofMillis(400));
        Sale sale = market.sale(4);
        Purchase before = sale.click(1);
        buys.expectQueued(before, sale, buys.buy(impatient, before), "all is well");
        market.rabbit.client("impatient shop").relay().stall(Direction.TO_CLIENT);
        Purchase purchase = sale.click(2);
        Outcome outcome = buys.buy(impatient, purchase);
        market.rabbit.client("impatient shop").relay().heal();
        String situation = "the broker was silent for longer than the confirm time-out";
        buys.expectStands(purchase, sale, situation);
        Admissions.expectSaid(Outcome.WON, outcome, purchase, sale, situation);
    }

    @Test
    @Order(10)
    @Tag("fault")
    @DisplayName("after the connection was cut the shop finds back by itself")
    void findsBack() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        warmUp();
        Sale sale = market.sale(1_000_000);
        rabbitRelay().cut();
        List<Purchase> clicks = new ArrayList<>();
        Eventually.within(Market.SOON)
                .until("a win is in the queue again", () -> {
                    Purchase purchase = sale.click(1);
                    clicks.add(purchase);
                    Outcome outcome = buys.buy(shop, purchase);
                    return outcome == Outcome.WON && market.takeWaiting().contains(purchase);
                })
                .orElse(() -> Wrong.that("After one cut of its connection the shop publishes nothing more")
                        .seen(clicks.size() + " clicks in " + Market.SOON.toSeconds()
                                + " s, and none of them came into the queue")
                        .means("One blink of the network, and this web server sells nothing until it is restarted.")
                        .suspect("a channel that is closed and never opened again"));
        sale.expectConserved("after a cut, and " + clicks.size() + " clicks");
    }

    @Test
    @Order(11)
    @DisplayName("what is given back twice is given back once, and nobody else's reservation goes with it")
    void givenBackOnce() throws Exception {
        Admission admission = market.admission("desk");
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        Purchase other = sale.click(1);
        admission.reserve(purchase);
        admission.reserve(other);
        expectSaidFree(admission.giveBack(purchase), purchase);
        expectFree(sale, 4, purchase, "given back");
        expectSaidFree(admission.giveBack(purchase), purchase);
        expectFree(sale, 4, purchase, "given back twice");
        Purchase again = sale.click(purchase.userId(), 3);
        admission.reserve(again);
        admission.giveBack(purchase);
        sale.expectConserved("when " + purchase.text() + " was given back a third time, after " + again.text()
                + " had been reserved");
        if (!sale.holds(again)) {
            throw Wrong.that("Another request's reservation was given back")
                    .seen(purchase.text() + " was given back late, and " + again.text() + " lost its units; "
                            + sale.describe())
                    .means("A shopper who has won loses it to the echo of an earlier click.")
                    .suspect("a reservation that is undone by its user, without a look at the request");
        }
        admission.giveBack(sale.click(2));
        sale.expectConserved("when something was given back that was never reserved");
    }

    @Test
    @Order(12)
    @Tag("fault")
    @DisplayName("a give-back that Lettuce sends again, for want of a reply, is made once")
    void giveBackSentAgain() throws Exception {
        market.declareQueue(SMALL);
        buys.fillQueue(SMALL);
        warmUp();
        Sale sale = market.sale(5);
        Purchase purchase = sale.click(2);
        boolean[] reserved = new boolean[1];
        Relay relay = redis.client(SHOP).relay();
        Rule lost = relay.on(Direction.TO_CLIENT, message -> {
                    if (!CommandMoment.isAboutData(message)) {
                        return false;
                    }
                    boolean holds = sale.holds(purchase);
                    reserved[0] |= holds;
                    return reserved[0] && !holds;
                })
                .every()
                .drop();
        CompletableFuture<Outcome> call = Beside.run(() -> shop.buy(purchase));
        try {
            lost.awaitHit(Market.SOON);
        } catch (AssertionError e) {
            Problems.throwIfAny();
            throw Wrong.that("A refused win keeps its units")
                    .seen(purchase.text() + " was refused by the full queue; " + sale.describe())
                    .suspect("no compensation when the queue refuses");
        }
        lost.cancel();
        redis.killConnections(SHOP);
        buys.expectGivenBack(
                purchase,
                sale,
                buys.result(call, purchase),
                "the full queue had refused it, and the give-back was sent twice");
    }

    @Test
    @Order(13)
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("a process that dies while it gives back takes no unit with it")
    void diesGivingBack() throws Exception {
        Admission survivor = market.admission("survivor");
        for (int command = 1; command <= MOST_COMMANDS; command++) {
            String process = "desk, dying before command " + command;
            Admission dying = market.admission(process);
            Sale sale = market.sale(5);
            Purchase purchase = sale.click(2);
            dying.reserve(purchase);
            CommandMoment death = CommandMoment.dieBeforeCommand(redis.client(process), command);
            CompletableFuture<Boolean> call = Beside.run(() -> dying.giveBack(purchase));
            Admissions.awaitEither(call, death);
            if (!death.hasCome()) {
                return;
            }
            market.kill(process);
            sale.expectConserved("after a process has died before command " + command + " of a give-back");
            survivor.giveBack(purchase);
            sale.expectConserved("after another process has given back again");
        }
    }

    @Test
    @Order(14)
    @DisplayName("many threads share one shop, and each gets its own answer")
    void manyThreads() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        warmUp();
        market.rabbit.client(SHOP).provokeRaces();
        Sale sale = market.sale(12);
        Map<Purchase, CompletableFuture<Outcome>> calls = new LinkedHashMap<>();
        CountDownLatch go = new CountDownLatch(1);
        for (int i = 0; i < 16; i++) {
            Purchase purchase = sale.click(1);
            calls.put(purchase, Beside.run(() -> {
                go.await();
                return shop.buy(purchase);
            }));
        }
        go.countDown();
        expectAccounted(sale, calls);
        if (sale.left() > 0) {
            throw Wrong.that("Units are left, though more were wanted").seen("16 wanted one of 12; " + sale.describe());
        }
    }

    @Test
    @Order(15)
    @DisplayName("shoppers do not wait for each other's confirms")
    void manyInFlight() throws Exception {
        market.declareQueue(Market.QUEUE_LIMIT);
        // Longer than anybody looks here, also on a busy machine.
        shop = market.shop(SHOP, Duration.ofSeconds(20));
        warmUp();
        Sale sale = market.sale(10);
        // One of them will wait for its whole time-out, and nobody here waits for that one.
        rabbitRelay()
                .on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                .drop();
        List<Purchase> clicks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Purchase purchase = sale.click(1);
            clicks.add(purchase);
            Beside.run(() -> shop.buy(purchase));
        }
        Eventually.within(Duration.ofSeconds(2))
                .until("a second win follows before the first confirm", () -> market.waiting() >= 2)
                .orElse(() -> Wrong.that("Shoppers wait for each other's confirms")
                        .seen(clicks.size() + " have won at the same time; with the first confirm lost, "
                                + market.waiting() + " reached the queue")
                        .means("At 5 ms for each confirm, 200 wins a second is the end, on any hardware.")
                        .suspect("a wait for the broker while holding the lock that guards the channel"));
        sale.expectConserved("while " + clicks.size() + " wins are on their way");
    }

    @TestFactory
    @Order(16)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("for any clicks, and a queue that takes, refuses, or does not answer")
    Stream<DynamicTest> properties() {
        return StepProperties.of(BufferProperties.class);
    }

    private void expectAccounted(Sale sale, Map<Purchase, CompletableFuture<Outcome>> calls) throws Exception {
        List<Purchase> won = new ArrayList<>();
        for (Map.Entry<Purchase, CompletableFuture<Outcome>> call : calls.entrySet()) {
            if (buys.result(call.getValue(), call.getKey()) == Outcome.WON) {
                won.add(call.getKey());
            }
        }
        Problems.throwIfAny();
        sale.expectConserved("after " + calls.size() + " clicks by as many threads");
        List<Purchase> waiting = market.takeWaiting();
        for (Purchase purchase : won) {
            if (!waiting.contains(purchase) || !sale.holds(purchase)) {
                throw Wrong.that("A win never reached the queue")
                        .seen(purchase.text() + " was told WON; " + (sale.holds(purchase) ? "reserved" : "not reserved")
                                + ", " + waiting.size() + " in the queue, " + won.size() + " have won")
                        .means("The shopper has won, and no order is ever made.")
                        .suspect("answers that are matched with the wrong publish, or a channel that threads share");
            }
        }
        for (Purchase purchase : waiting) {
            if (!won.contains(purchase)) {
                throw Wrong.that("A shopper is in the queue, and was told that they have not won")
                        .seen(purchase.text() + " is in the queue; " + sale.describe())
                        .means("An order is made that nobody expects, for units that are sold a second time.")
                        .suspect("answers that are matched with the wrong publish");
            }
        }
    }

    private Outcome awaitRoom(Purchase again) {
        Outcome[] outcome = new Outcome[1];
        // RabbitMQ tells publishers that there is room again a moment after there is.
        Eventually.within(Market.SOON)
                .until("there is room again", () -> {
                    outcome[0] = buys.buy(shop, again);
                    return outcome[0] != Outcome.TOO_BUSY;
                })
                .orElse(() ->
                        Wrong.that("Once refused, a user never wins again").seen(again.text()));
        return outcome[0];
    }

    /** Opens what the shop opens lazily, so that a fault that follows hits the win and nothing else. */
    private void warmUp() throws Exception {
        Sale sale = market.sale(1);
        Purchase purchase = sale.click(1);
        if (buys.buy(shop, purchase) == Outcome.WON) {
            market.takeWaiting();
        }
    }

    private Relay rabbitRelay() {
        return market.rabbit.client(SHOP).relay();
    }

    private static void expectSaidFree(boolean free, Purchase purchase) {
        if (!free) {
            throw Wrong.that("Who asks is told that a purchase still holds units, and it does not")
                    .seen("giveBack(" + purchase.text() + ") returned false");
        }
    }

    private static void expectFree(Sale sale, long left, Purchase purchase, String what) {
        sale.expectConserved("when " + purchase.text() + " was " + what);
        if (sale.left() != left || sale.holds(purchase)) {
            throw Wrong.that("Units were not given back, or not once")
                    .seen(purchase.text() + " was " + what + "; expected " + left + " in stock; " + sale.describe())
                    .means("Units vanish, or are sold twice.");
        }
    }
}
