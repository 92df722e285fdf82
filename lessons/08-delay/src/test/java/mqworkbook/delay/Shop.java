package mqworkbook.delay;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.delay.order.Timeout;
import mqworkbook.workbench.judge.Wrong;

/** Orders in a database, each with units that were taken out of the stock. */
final class Shop implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-11T12:00:00Z");
    static final int QUANTITY = 2;
    static final int STOCK = 100;

    private static final AtomicInteger NUMBERS = new AtomicInteger(500);

    final Database database = new Database();

    /** An unpaid order of an item of its own, whose units are out of the stock. */
    Timeout order(Instant dueAt) {
        String item = "item-" + NUMBERS.incrementAndGet();
        database.update("INSERT INTO stock (item_id, units) VALUES (?, ?)", item, STOCK);
        return order(item, dueAt);
    }

    /** An unpaid order of that item. */
    Timeout order(String item, Instant dueAt) {
        Timeout order = new Timeout("O-" + NUMBERS.incrementAndGet(), dueAt.truncatedTo(ChronoUnit.MILLIS));
        database.update(
                "INSERT INTO orders (order_id, item_id, quantity, status, due_at) VALUES (?, ?, ?, 'UNPAID', ?)",
                order.orderId(),
                item,
                QUANTITY,
                order.dueAt().toEpochMilli());
        database.update("UPDATE stock SET units = units - ? WHERE item_id = ?", QUANTITY, item);
        return order;
    }

    /** An order whose deadline is at noon. */
    Timeout dueAtNoon() {
        return order(NOON);
    }

    OrderBook book(String process) {
        return new OrderBook(database.of(process));
    }

    String status(Timeout order) {
        return database.look("SELECT status FROM orders WHERE order_id = ?", order.orderId());
    }

    String item(Timeout order) {
        return database.look("SELECT item_id FROM orders WHERE order_id = ?", order.orderId());
    }

    int units(String item) {
        return Integer.parseInt(database.look("SELECT units FROM stock WHERE item_id = ?", item));
    }

    /** How many units went back, of an order that has an item to itself. */
    int givenBack(Timeout order) {
        return units(item(order)) - (STOCK - QUANTITY);
    }

    String told(Timeout order) {
        return order.orderId() + " is " + status(order) + ", " + givenBack(order) + " of its " + QUANTITY
                + " units went back";
    }

    /** The order's units went back if it is cancelled, once, and else they did not. */
    void expectStock(Timeout order, String what) {
        boolean cancelled = "CANCELLED".equals(status(order));
        int expected = cancelled ? QUANTITY : 0;
        int found = givenBack(order);
        if (found < expected) {
            throw Wrong.that("An order is cancelled, and its units never went back to the stock")
                    .seen(what + ": " + told(order))
                    .means("Units that nobody has bought can never be sold again.")
                    .suspect("status and stock in two transactions");
        }
        if (found > expected) {
            throw Wrong.that(
                            cancelled
                                    ? "The units of a cancelled order went back to the stock more than once"
                                    : "The units of an order that is not cancelled went back to the stock")
                    .seen(what + ": " + told(order))
                    .means("The shop sells units that it does not have.")
                    .suspect("units that are given back whether or not this call has cancelled the order");
        }
    }

    void expect(Timeout order, String status, String requirement, String what) {
        if (!status.equals(status(order))) {
            throw Wrong.that(requirement).seen(what + ": " + told(order) + "; it should be " + status);
        }
        expectStock(order, what);
    }

    static Instant afterNoon(Duration by) {
        return NOON.plus(by);
    }

    @Override
    public void close() {
        database.close();
    }
}
