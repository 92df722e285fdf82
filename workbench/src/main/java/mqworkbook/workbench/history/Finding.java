package mqworkbook.workbench.history;

import java.util.List;
import java.util.Objects;

/**
 * One broken guarantee at one place.
 *
 * @param guarantee what broke
 * @param messageIds the messages concerned, in the order of their publishing
 * @param where the subscriber, or the publisher
 * @param expected what ought to have happened
 * @param observed what happened, with ids and counts
 * @param inProduction what users and operators would see of it
 * @param usually the mistake that is most often behind it
 */
public record Finding(
        Guarantee guarantee,
        List<String> messageIds,
        String where,
        String expected,
        String observed,
        String inProduction,
        String usually) {

    static final int LONGEST_PLACES = 200;

    public Finding {
        Objects.requireNonNull(guarantee, "guarantee");
        messageIds = List.copyOf(messageIds);
    }

    /** For learners: four lines, ending without a line break. */
    public String text() {
        return String.join(
                "\n",
                "Broken guarantee: " + guarantee + " (" + Words.list(messageIds) + ", at "
                        + Words.name(where, LONGEST_PLACES) + ").",
                "  Expected: " + expected + " Seen: " + observed,
                "  In production: " + inProduction,
                "  Usually: " + usually);
    }

    Finding at(String place) {
        return new Finding(guarantee, messageIds, place, expected, observed, inProduction, usually);
    }

    @Override
    public String toString() {
        return text();
    }
}
