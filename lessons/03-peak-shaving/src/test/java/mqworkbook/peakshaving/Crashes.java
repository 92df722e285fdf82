package mqworkbook.peakshaving;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.redis.CommandMoment;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;

/** Processes that die while they sell, each at a named point between script, publish and confirm. */
final class Crashes {

    /** Where it dies. */
    enum Point {
        BEFORE_COMMAND_1,
        BEFORE_COMMAND_2,
        BEFORE_COMMAND_3,
        BEFORE_ANSWER_1,
        BEFORE_ANSWER_2,
        BEFORE_PUBLISH,
        BEFORE_CONFIRM
    }

    private final Market market;

    Crashes(Market market) {
        this.market = market;
    }

    /** Sells to one shopper, and dies; false if it was through before it came to that point. */
    boolean sellAndDie(Purchase purchase, Point point) throws Exception {
        String process = "shop " + Market.number() + ", dying " + point;
        FlashSale shop = market.shop(process);
        // Opens what is opened lazily: the point is to be one of this sale.
        Sale other = market.sale(1);
        Purchase first = other.click(1);
        shop.buy(first);
        // And when this one is answered, all that the shop had to say after the first has been said.
        shop.buy(other.click("U-stranger", 1));
        BooleanSupplier come = arm(process, point);
        CompletableFuture<?> call = Beside.run(() -> shop.buy(purchase));
        Eventually.within(Market.SOON.plus(Market.CONFIRM_TIMEOUT))
                .until("it dies, or is through", () -> come.getAsBoolean() || call.isDone())
                .orElse(() -> Admissions.late(purchase.text()));
        boolean died = come.getAsBoolean();
        market.kill(process);
        return died;
    }

    private BooleanSupplier arm(String process, Point point) {
        Relay rabbit = market.rabbit.client(process).relay();
        return switch (point) {
            case BEFORE_COMMAND_1 -> command(process, 1);
            case BEFORE_COMMAND_2 -> command(process, 2);
            case BEFORE_COMMAND_3 -> command(process, 3);
            case BEFORE_ANSWER_1 -> CommandMoment.dieBeforeAnswer(market.redis.client(process), 1)::hasCome;
            case BEFORE_ANSWER_2 -> CommandMoment.dieBeforeAnswer(market.redis.client(process), 2)::hasCome;
            case BEFORE_PUBLISH -> cut(rabbit, Direction.TO_BROKER, "basic.publish");
            case BEFORE_CONFIRM -> cut(rabbit, Direction.TO_CLIENT, "basic.ack");
        };
    }

    private BooleanSupplier command(String process, int n) {
        return CommandMoment.dieBeforeCommand(market.redis.client(process), n)::hasCome;
    }

    private static BooleanSupplier cut(Relay relay, Direction direction, String name) {
        boolean[] come = new boolean[1];
        relay.on(direction, message -> {
                    come[0] |= message.is(name);
                    return message.is(name);
                })
                .cutBefore();
        return () -> come[0];
    }

    /** Time passes, and somebody reconciles until nothing is left to do. */
    static void reconcile(Market market, Auditor auditor, List<Sale> sales) {
        for (int round = 0; round < 2; round++) {
            market.clock.advance(Market.GRACE.plus(Duration.ofSeconds(1)));
            sales.forEach(sale -> auditor.reconcile(sale.id));
        }
    }
}
