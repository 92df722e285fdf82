package mqworkbook.decoupling;

import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.judge.Wrong;

/** What examples and properties of the contract say in the same words. */
final class EventContract {

    private EventContract() {}

    static void expectSame(OrderEvent expected, OrderEvent seen) {
        boolean same = expected.eventId().equals(seen.eventId())
                && expected.type().equals(seen.type())
                && expected.version() == seen.version()
                && expected.occurredAt().equals(seen.occurredAt())
                && expected.orderId().equals(seen.orderId())
                && expected.userId().equals(seen.userId())
                && expected.amount().compareTo(seen.amount()) == 0;
        if (!same) {
            throw Wrong.that("An event changed on its way through JSON")
                    .seen("wrote " + expected + "\nread  " + seen)
                    .means("Subscribers act on something that did not happen.")
                    .suspect("an amount read as double, a time cut to milliseconds, or text not in UTF-8");
        }
    }

    static Wrong refusedLaterVersion(String json, Exception e) {
        return Wrong.that("A field that the reader does not know made it refuse the event")
                .seen(json + "\n" + e.getMessage())
                .means(
                        "The day the order team adds a field, every subscriber stops, and all teams must deploy at once.")
                .suspect("the JSON library's default, which fails on unknown properties");
    }
}
