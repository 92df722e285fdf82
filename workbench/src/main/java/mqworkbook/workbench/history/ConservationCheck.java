package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The books of one subscriber, by distinct ids: accepted = handled + dead-lettered. */
final class ConservationCheck {

    private ConservationCheck() {}

    static List<Finding> judge(Ledger ledger, Subscription subscription) {
        Place place = ledger.place(subscription);
        List<Publication> accepted = ledger.owed(subscription);
        List<String> missing = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        List<String> surplus = new ArrayList<>();
        int handled = 0;
        int deadLettered = 0;
        for (Publication publication : accepted) {
            Receipt receipt = place.receipt(publication.id);
            handled += receipt.applied > 0 ? 1 : 0;
            deadLettered += receipt.applied == 0 && receipt.deadLettered > 0 || receipt.isSettledTwice() ? 1 : 0;
            if (!receipt.isSettled()) {
                missing.add(publication.id);
            }
        }
        for (Receipt receipt : place.receipts()) {
            if (receipt.isSettledTwice()) {
                twice.add(receipt.id);
            }
            if (receipt.isSettled() && !mayBeThere(ledger.publication(receipt.id), subscription)) {
                surplus.add(receipt.id);
            }
        }
        if (missing.isEmpty() && twice.isEmpty() && surplus.isEmpty()) {
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>(missing);
        ids.addAll(twice);
        ids.addAll(surplus);
        String observed = accepted.size() + " accepted, " + handled + " handled, " + deadLettered + " dead-lettered"
                + part("missing", missing) + part("handled and dead-lettered", twice)
                + part("there without being accepted", surplus) + ".";
        return List.of(new Finding(
                Guarantee.CONSERVATION,
                List.copyOf(ids),
                subscription.place(),
                "each accepted message ends up in one of two places, handled or dead-lettered, and nothing else does.",
                observed,
                inProduction(missing, twice),
                usually(missing, twice)));
    }

    /** In doubt is allowed on either side; what came from before a subscription is no harm. */
    private static boolean mayBeThere(Publication publication, Subscription subscription) {
        return publication != null
                && !publication.is(Outcome.FAILED)
                && subscription.wants().test(publication.id);
    }

    private static String part(String name, List<String> ids) {
        return ids.isEmpty() ? "" : "; " + name + ": " + Words.list(ids);
    }

    private static String inProduction(List<String> missing, List<String> twice) {
        if (!missing.isEmpty()) {
            return "the evening's count of orders and the evening's count of effects differ, and nobody can say which"
                    + " order it is.";
        }
        if (!twice.isEmpty()) {
            return "someone repairs the dead letters by hand, and does again what was done already.";
        }
        return "the count of effects exceeds the count of orders: money and goods go out that nobody asked for.";
    }

    private static String usually(List<String> missing, List<String> twice) {
        if (!missing.isEmpty()) {
            return "a message leaves its queue before its work is done, or never got into the queue.";
        }
        if (!twice.isEmpty()) {
            return "the handler throws after its effect is committed (in the ack, in a log line), and the message is"
                    + " then rejected as a failure.";
        }
        return "a failure is reported for a publish that went through, or the queue holds messages of others.";
    }
}
