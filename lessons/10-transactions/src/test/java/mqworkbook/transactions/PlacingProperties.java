package mqworkbook.transactions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.Placement;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
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

class PlacingProperties {

    private static Shop shop;
    private static Outlet outlet;

    @BeforeContainer
    static void open() throws Exception {
        shop = Shop.open();
        outlet = shop.outlet("shop", shop.names(), Shop.FOR_EVER).start();
    }

    @AfterContainer
    static void close() {
        shop.close();
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each has its order, its payment and its message, and nobody another's")
    void each(@ForAll("amounts") List<Integer> amounts) throws Exception {
        Statistics.label("at once").collect(amounts.size() > 1 ? "several" : "one");
        List<Order> orders = new ArrayList<>();
        List<CompletableFuture<Placement>> answers = new ArrayList<>();
        for (int amount : amounts) {
            Order order = shop.database().order(amount);
            orders.add(order);
            answers.add(Beside.run(() -> outlet.place(order)));
        }
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            Placement told = Beside.result(
                    answers.get(i),
                    Shop.SOON,
                    () -> Wrong.that("Placing an order does not end").seen(shop.describe(order)));
            if (told != Placement.PLACED) {
                throw Wrong.that("An order is not placed, though nothing speaks against it")
                        .seen("told: " + told + "; " + shop.describe(order) + "; " + orders.size()
                                + " were placed at the same time");
            }
            shop.expectDelivered(order, "it was placed");
            shop.expectBothOrNeither(order, orders.size() + " orders were placed at the same time");
        }
        Problems.throwIfAny();
    }

    @Provide
    Arbitrary<List<Integer>> amounts() {
        return Arbitraries.integers()
                .between(0, (int) ShopDatabase.BALANCE)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
