package mqworkbook.transactions;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.WireMessage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class CrashProperties {

    /** Where the process dies that places an order. */
    enum Death {
        BEFORE_THE_HALF_MESSAGE,
        BEFORE_THE_BROKERS_ANSWER,
        IN_THE_TRANSACTION,
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT,
        BEFORE_THE_VERDICT,
        /** It lives, and its verdict is lost on the way. */
        VERDICT_LOST
    }

    /** Long enough for two questions, as soon as the broker's immunity of 1 s is over. */
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private static Shop shop;

    @BeforeContainer
    static void open() throws Exception {
        shop = Shop.open();
    }

    @AfterContainer
    static void close() {
        shop.close();
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each message is delivered if its order was committed, and thrown away if not")
    void bothOrNeither(@ForAll("deaths") List<Death> some, @ForAll("deaths") List<Death> others) throws Exception {
        // Two groups of processes, and the broker's questions to both come in the same rounds.
        Map<Order, Death> orders = new LinkedHashMap<>(dieAndRestart(some));
        orders.putAll(dieAndRestart(others));
        orders.forEach((order, death) -> {
            if (shop.database().isPlaced(order.orderId())) {
                shop.expectDelivered(order, "death: " + death);
            }
        });
        expectGivenUp(orders);
        orders.forEach((order, death) -> shop.expectBothOrNeither(order, "death: " + death));
        Problems.throwIfAny();
        shop.closeOutlets();
    }

    /** So many processes of one group, each of which dies at work on one order, and two that come after them. */
    private static Map<Order, Death> dieAndRestart(List<Death> deaths) throws Exception {
        ShopNames names = shop.names();
        Map<Order, Death> orders = new LinkedHashMap<>();
        List<Outlet> outlets = new ArrayList<>();
        for (Death death : deaths) {
            Statistics.label("death").collect(death);
            Outlet outlet = shop.outlet("shop", names, PATIENCE).start();
            // So that routes are known, and what is sent next is about the order itself.
            shop.expectUndisturbed(outlet);
            outlets.add(outlet);
        }
        // Quickly now: the broker counts its questions also while nobody is there to be asked.
        for (int i = 0; i < deaths.size(); i++) {
            orders.put(placeAndDie(outlets.get(i), deaths.get(i)), deaths.get(i));
        }
        // The first process that is asked dies of the question; the second answers all.
        Outlet dying = shop.outlet("shop, restarted", names, PATIENCE).start();
        CallMoment.dieBefore(dying.actor(), 1);
        Outlet last = shop.outlet("shop, restarted again", names, PATIENCE).start();
        last.place(shop.database().order());
        return orders;
    }

    /** Half messages of orders that are not there are thrown away, and not kept for ever. */
    private static void expectGivenUp(Map<Order, Death> orders) {
        orders.forEach((order, death) -> {
            if (shop.database().isPlaced(order.orderId()) || death == Death.BEFORE_THE_HALF_MESSAGE) {
                return;
            }
            Eventually.within(Shop.SOON)
                    .until(
                            order.orderId() + " is given up",
                            () -> shop.endings().has(order.orderId(), "ROLLBACK"))
                    .orElse(() -> Wrong.that("A half message whose process is dead is never decided")
                            .seen("death: " + death + "; patience is " + PATIENCE.toMillis() + " ms; "
                                    + shop.describe(order))
                            .means("The broker asks 15 times, then puts the half message where nobody looks."));
        });
    }

    private static Order placeAndDie(Outlet outlet, Death death) throws Exception {
        Order order = shop.database().order();
        switch (death) {
            case BEFORE_THE_HALF_MESSAGE -> outlet.dieAt(TO_BROKER, CrashProperties::isHalf);
            case BEFORE_THE_BROKERS_ANSWER -> outlet.dieAt(TO_CLIENT, CrashProperties::isHalf);
            case IN_THE_TRANSACTION -> CallMoment.dieBefore(outlet.actor(), 2);
            case BEFORE_THE_COMMIT -> CallMoment.dieBefore(outlet.actor(), ShopProcess::isCommit, 1);
            case AFTER_THE_COMMIT -> CallMoment.dieAfter(outlet.actor(), ShopProcess::isCommit, 1);
            case BEFORE_THE_VERDICT -> outlet.dieAt(TO_BROKER, Endings::isUnasked);
            case VERDICT_LOST ->
                outlet.relay().on(TO_BROKER, Endings::isUnasked).drop();
        }
        outlet.placeOrDie(order);
        return order;
    }

    private static boolean isHalf(WireMessage message) {
        return message.is("SEND_MESSAGE_V2");
    }

    @Provide
    Arbitrary<List<Death>> deaths() {
        return Arbitraries.shuffle(List.of(Death.values()))
                .flatMap(all -> Arbitraries.of(Death.class).list().ofSize(2).map(more -> {
                    List<Death> deaths = new ArrayList<>(all);
                    deaths.addAll(more);
                    return deaths;
                }));
    }
}
