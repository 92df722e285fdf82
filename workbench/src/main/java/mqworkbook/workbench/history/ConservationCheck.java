package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The books of one subscriber, by distinct ids: accepted = handled + dead-lettered. */
final class ConservationCheck {

    private final List<String> missing = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> surplus = new ArrayList<>();
    private int accepted;
    private int handled;
    private int deadLettered;

    private ConservationCheck() {}

    static List<Finding> judge(Ledger ledger, Subscription subscription) {
        ConservationCheck books = new ConservationCheck();
        Place place = ledger.place(subscription);
        ledger.owed(subscription).forEach(publication -> books.accept(place.receipt(publication.id)));
        for (Receipt receipt : place.receipts()) {
            books.settle(receipt, mayBeThere(ledger.publication(receipt.id), subscription));
        }
        return books.balance(subscription.place());
    }

    private void accept(Receipt receipt) {
        accepted++;
        handled += receipt.applied > 0 ? 1 : 0;
        deadLettered += receipt.isDeadLetter() ? 1 : 0;
        if (!receipt.isSettled()) {
            missing.add(receipt.id);
        }
    }

    private void settle(Receipt receipt, boolean mayBeThere) {
        if (receipt.applied > 0 && receipt.isDeadLetter()) {
            twice.add(receipt.id);
        }
        if (receipt.isSettled() && !mayBeThere) {
            surplus.add(receipt.id);
        }
    }

    /** In doubt is allowed on either side; what came from before a subscription is no harm. */
    private static boolean mayBeThere(Publication publication, Subscription subscription) {
        return publication != null
                && !publication.is(Outcome.FAILED)
                && subscription.wants().test(publication.id);
    }

    private List<Finding> balance(String place) {
        Set<String> ids = new LinkedHashSet<>(missing);
        ids.addAll(twice);
        ids.addAll(surplus);
        if (ids.isEmpty()) {
            return List.of();
        }
        String observed = accepted + " accepted, " + handled + " handled, " + deadLettered + " dead-lettered"
                + part("missing", missing) + part("handled and dead-lettered", twice)
                + part("there without being accepted", surplus) + ".";
        return List.of(new Finding(
                Guarantee.CONSERVATION,
                List.copyOf(ids),
                place,
                "each accepted message ends up in one of two places, handled or dead-lettered, and nothing else does.",
                observed,
                inProduction(),
                usually()));
    }

    private static String part(String name, List<String> ids) {
        return ids.isEmpty() ? "" : "; " + name + ": " + Words.list(ids);
    }

    private String inProduction() {
        if (!missing.isEmpty()) {
            return "the evening's count of orders and the evening's count of effects differ, and nobody can say which"
                    + " order it is.";
        }
        if (!twice.isEmpty()) {
            return "someone repairs the dead letters by hand, and does again what was done already.";
        }
        return "the count of effects exceeds the count of orders: money and goods go out that nobody asked for.";
    }

    private String usually() {
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
