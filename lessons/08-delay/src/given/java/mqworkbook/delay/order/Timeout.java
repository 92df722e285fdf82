package mqworkbook.delay.order;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Asks to look at an order at its deadline. As text, in messages and as a member of Redis's sorted sets, it is
 * {@code O-17|2026-11-11T00:30:00.250Z}.
 *
 * @param orderId which order; holds no {@code |}
 * @param dueAt when it is due, to the millisecond; a fraction beyond that is cut off
 */
public record Timeout(String orderId, Instant dueAt) {

    private static final String SEPARATOR = "|";

    public Timeout {
        Objects.requireNonNull(orderId, "orderId");
        dueAt = dueAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The timeout as text. */
    public String text() {
        return orderId + SEPARATOR + dueAt;
    }

    /**
     * Reads a timeout.
     *
     * @throws InvalidTimeoutException if the text is none, today or ever
     */
    public static Timeout parse(String text) {
        int separator = text.lastIndexOf(SEPARATOR);
        if (separator < 1) {
            throw new InvalidTimeoutException("no timeout: " + text, null);
        }
        try {
            return new Timeout(text.substring(0, separator), Instant.parse(text.substring(separator + 1)));
        } catch (DateTimeException e) {
            throw new InvalidTimeoutException("no timeout: " + text, e);
        }
    }
}
