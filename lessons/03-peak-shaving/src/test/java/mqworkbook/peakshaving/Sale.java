package mqworkbook.peakshaving;

import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mqworkbook.peakshaving.sale.InvalidPurchaseException;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Wrong;

/** One sale, as it is in Redis, seen from outside. */
final class Sale {

    private static final String LOOK = """
            local all = redis.call('HGETALL', KEYS[2])
            table.insert(all, 1, redis.call('GET', KEYS[1]) or 'none')
            return all
            """;

    /** What is unreserved, and what is reserved by whom, at one moment. */
    record Books(String stock, Map<String, Purchase> reservations) {

        long left() {
            return stock.equals("none") ? 0 : Long.parseLong(stock);
        }

        long reserved() {
            return reservations.values().stream().mapToLong(Purchase::quantity).sum();
        }
    }

    final String id;
    final int units;
    private final Market market;

    Sale(Market market, String id, int units) {
        this.market = market;
        this.id = id;
        this.units = units;
        market.redis.data().set(market.names.stock(id), Integer.toString(units));
    }

    /** A user who has registered. */
    String user() {
        String user = "U-" + Market.number();
        register(user);
        return user;
    }

    void register(String user) {
        market.redis.data().sadd(market.names.registered(id), user);
    }

    /** A new click of somebody. */
    Purchase click(String user, int quantity) {
        return new Purchase("R-" + Market.number(), id, user, quantity);
    }

    /** A new click of somebody new. */
    Purchase click(int quantity) {
        return click(user(), quantity);
    }

    Books books() {
        List<String> look = market.redis
                .data()
                .eval(LOOK, ScriptOutputType.MULTI, market.names.stock(id), market.names.reservations(id));
        Map<String, Purchase> reservations = new TreeMap<>();
        for (int i = 1; i < look.size(); i += 2) {
            reservations.put(look.get(i), reservation(look.get(i), look.get(i + 1)));
        }
        return new Books(look.get(0), reservations);
    }

    private Purchase reservation(String user, String text) {
        try {
            Purchase purchase = Purchase.parse(text);
            if (purchase.userId().equals(user) && purchase.saleId().equals(id)) {
                return purchase;
            }
        } catch (InvalidPurchaseException e) {
            // Told below.
        }
        throw Wrong.that("A reservation is not as the contract has it")
                .seen("the hash " + market.names.reservations(id) + " has for \"" + user + "\": \"" + text + "\"")
                .means("Nobody else can tell who has what: not the support desk, not the reconciler.")
                .suspect("another key than the user, or another value than Purchase.text()");
    }

    long left() {
        return books().left();
    }

    boolean holds(Purchase purchase) {
        return purchase.equals(books().reservations().get(purchase.userId()));
    }

    /** At any moment: nothing negative, and what is in stock and what is reserved is what the sale began with. */
    void expectConserved(String when) {
        Books books = books();
        if (books.left() < 0) {
            throw Wrong.that("The stock is negative")
                    .seen(id + " began with " + units + " units; " + when + ", its stock is " + books.stock())
                    .means("Whoever comes in this moment is told that nothing is left, or sells what is not there.")
                    .suspect("DECR first, and a look at the result afterwards");
        }
        if (books.left() + books.reserved() < units) {
            throw Wrong.that("Units have leaked: they are neither in stock nor anybody's")
                    .seen(account(books, when))
                    .means("At the end of the sale units lie in the warehouse that nobody could buy.")
                    .suspect("stock and reservation changed by two commands, with a crash or a failure in between");
        }
        if (books.left() + books.reserved() > units) {
            throw Wrong.that("More units are in stock or reserved than there are: the sale is about to oversell")
                    .seen(account(books, when))
                    .means("Somebody is told that they have won, and gets an apology in place of the goods.")
                    .suspect("a check and a decrement in two steps, or units that were given back twice");
        }
    }

    private String account(Books books, String when) {
        return id + " began with " + units + " units; " + when + ", " + books.left() + " are in stock and "
                + books.reserved() + " reserved: "
                + books.reservations().values().stream().map(Purchase::text).toList();
    }

    /** In words, for messages. */
    String describe() {
        Books books = books();
        return books.left() + " in stock, reserved "
                + books.reservations().values().stream().map(Purchase::text).toList();
    }
}
