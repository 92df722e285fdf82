package mqworkbook.transactions;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** Orders on the whole way, with and without stock, while processes die and the broker restarts. */
final class Saga {

    private static final int ORDERS = 6;
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private final Shop shop;
    private final StockDatabase stock;
    private final ShopNames names;

    /** Whether there is stock for it. */
    private final Map<Order, Boolean> orders = new LinkedHashMap<>();

    Saga(Shop shop, StockDatabase stock) {
        this.shop = shop;
        this.stock = stock;
        this.names = shop.names();
    }

    void run() throws Exception {
        Back back = shop.back("back office", names);
        CallMoment.dieBefore(back.actor(), ShopProcess::isCommit, 1);
        back.start();
        // What fails there comes again.
        Back second = shop.back("back office 2", names);
        CallMoment.failBefore(second.actor(), 1);
        second.start();
        Outlet first = shop.outlet("shop", names, Shop.FOR_EVER).start();
        for (int number = 0; number < ORDERS; number++) {
            place(first, number % 2 == 0);
        }
        // The broker never hears what became of the last one, and has to remember that over its restart.
        first.relay().on(TO_BROKER, Endings::isUnasked).drop();
        place(first, false);
        first.die();
        shop.restartBroker();
        // The next step's broker has the waits below to start in.
        Brokers.forRun().startInBackground(BrokerKind.KAFKA);
        shop.outlet("shop, restarted", names, Shop.FOR_EVER).start();
        Warehouse dying = shop.warehouse("stock", names, stock);
        CallMoment.dieAfter(dying.actor(), ShopProcess::isCommit, 2);
        dying.start();
        shop.warehouse("stock 2", names, stock).start();
        orders.forEach(this::expectSettled);
    }

    private void place(Outlet outlet, boolean inStock) throws Exception {
        Order plain = shop.database().order();
        Order order = new Order(
                plain.orderId(),
                plain.customerId(),
                stock.item(inStock ? 10 : plain.quantity() - 1),
                plain.quantity(),
                plain.amount());
        outlet.place(order);
        orders.put(order, inStock);
    }

    private void expectSettled(Order order, boolean inStock) {
        String what = inStock ? "there was stock" : "there was too little stock";
        if (inStock) {
            Eventually.within(LIMIT)
                    .until(order.orderId() + " has its units", () -> stock.units(order.item()) < 10)
                    .orElse(() -> Wrong.that("An order is placed, and its units are never taken")
                            .seen(what + "; " + shop.describe(order)));
            stock.expectUnits(10 - order.quantity(), order, what);
            shop.database().expectBooksBalance(order, what);
            return;
        }
        Eventually.within(LIMIT)
                .until(
                        order.orderId() + " is cancelled",
                        () -> shop.database()
                                .status(order.orderId())
                                .filter("CANCELLED"::equals)
                                .isPresent())
                .orElse(() -> Wrong.that("An order that nobody can ship is never cancelled")
                        .seen(what + "; " + shop.describe(order) + "; refusals: "
                                + shop.refusals(order.orderId()).size())
                        .means("The customer has paid, and gets neither the goods nor the money."));
        shop.database().expectCancelled(order, what);
    }
}
