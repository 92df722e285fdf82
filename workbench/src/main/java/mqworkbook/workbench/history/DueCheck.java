package mqworkbook.workbench.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** First effects of delayed messages, compared with the time of their first attempt. */
final class DueCheck {

    private DueCheck() {}

    static List<Finding> judge(
            Ledger ledger, Subscription subscription, Function<String, Duration> delayOf, Duration precision) {
        List<String> early = new ArrayList<>();
        String first = "";
        for (Receipt receipt : ledger.place(subscription).firstEffects()) {
            Publication publication = ledger.publication(receipt.id);
            Duration delay = publication == null ? null : delayOf.apply(receipt.id);
            if (delay == null) {
                continue;
            }
            Duration waited = Duration.ofNanos(receipt.firstAppliedNanos - publication.nanos);
            if (waited.compareTo(delay.minus(precision)) >= 0) {
                continue;
            }
            early.add(receipt.id);
            if (first.isEmpty()) {
                first = Words.name(receipt.id) + " applied " + waited.toMillis()
                        + " ms after its publish, and due after " + delay.toMillis() + " ms";
            }
        }
        return early.isEmpty() ? List.of() : List.of(finding(subscription, early, first, precision));
    }

    private static Finding finding(Subscription subscription, List<String> early, String first, Duration precision) {
        String others = early.size() == 1 ? "." : "; also early: " + Words.list(early.subList(1, early.size())) + ".";
        return new Finding(
                Guarantee.NOT_BEFORE_DUE,
                early,
                subscription.place(),
                "no delayed message takes effect before it is due (give or take " + precision.toMillis() + " ms).",
                first + others,
                "the order is cancelled while the customer is still typing the card number.",
                "seconds taken for milliseconds, or a point in time for a duration; or the delay is not set on this"
                        + " path at all, and the message is an ordinary one.");
    }
}
