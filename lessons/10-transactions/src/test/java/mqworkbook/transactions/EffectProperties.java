package mqworkbook.transactions;

import static mqworkbook.workbench.wire.Direction.TO_CLIENT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Eventually;
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

class EffectProperties {

    /** What happens to an order on its way. */
    enum Trouble {
        NONE,
        /** The answer to its half message is lost, and the client sends it once more. */
        SENT_TWICE,
        /** Another process of the shop sends the message again, by hand. */
        SENT_BY_HAND
    }

    private static Shop shop;
    private static StockDatabase stock;
    private static ShopNames names;
    private static Outlet outlet;

    @BeforeContainer
    static void open() throws Exception {
        shop = Shop.open();
        stock = StockDatabase.live();
        stock.fill("teapot", 1_000);
        names = shop.names();
        outlet = shop.outlet("shop", names, Shop.FOR_EVER).start();
        outlet.place(shop.database().order());
    }

    @AfterContainer
    static void close() {
        shop.close();
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each order that is placed takes its units once, whichever of two processes dies at work")
    void once(@ForAll("troubles") List<Trouble> troubles, @ForAll("calls") int call) throws Exception {
        Statistics.label("dies before call").collect(call);
        Map<Order, Trouble> orders = new LinkedHashMap<>();
        for (Trouble trouble : troubles) {
            Order order = place(trouble);
            orders.put(order, trouble);
        }
        Warehouse first = shop.warehouse("stock", names, stock);
        CallMoment death = CallMoment.dieBefore(first.actor(), call);
        first.start();
        Eventually.within(Shop.SOON)
                .until("the stock service is at work", death::hasCome)
                .orElse(() -> Wrong.that("The stock service hears of no order")
                        .seen("placed before it was started: "
                                + orders.keySet().stream().map(Order::orderId).toList())
                        .suspect("a consumer that begins with the newest message, or listens to another topic"));
        shop.warehouse("stock, restarted", names, stock).start();
        orders.forEach((order, trouble) -> {
            Eventually.within(Shop.SOON)
                    .until(order.orderId() + " has its units", () -> stock.units(order.item()) < 10)
                    .orElse(() -> Wrong.that("An order is placed, and its units are never taken")
                            .seen(trouble + "; " + shop.describe(order) + "; a process of the stock service had died at"
                                    + " call number " + call + " to its database")
                            .means("The shop sells what it has promised to somebody else."));
            stock.expectUnits(10 - order.quantity(), order, "10 were there; " + trouble);
        });
        Problems.throwIfAny();
        shop.closeWarehouses();
    }

    private static Order place(Trouble trouble) throws Exception {
        Order plain = shop.database().order();
        Order order = new Order(plain.orderId(), plain.customerId(), stock.item(10), plain.quantity(), plain.amount());
        if (trouble == Trouble.SENT_TWICE) {
            outlet.relay()
                    .on(TO_CLIENT, message -> message.is("SEND_MESSAGE_V2"))
                    .cutBefore();
        }
        outlet.place(order);
        if (trouble == Trouble.SENT_BY_HAND) {
            shop.publish(order);
        }
        return order;
    }

    @Provide
    Arbitrary<List<Trouble>> troubles() {
        return Arbitraries.shuffle(Trouble.NONE, Trouble.SENT_TWICE, Trouble.SENT_BY_HAND, Trouble.SENT_BY_HAND);
    }

    @Provide
    Arbitrary<Integer> calls() {
        return Arbitraries.integers().between(1, 4);
    }
}
