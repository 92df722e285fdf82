package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Effects that ought not to be there: of refused, unpublished or foreign messages, or more than one of the same. */
final class EffectCheck {

    private EffectCheck() {}

    static List<Finding> refusedYetApplied(Ledger ledger, Subscription subscription) {
        List<Receipt> applied = applied(ledger, subscription, receipt -> {
            Publication publication = ledger.publication(receipt.id);
            return publication != null && publication.is(Outcome.FAILED);
        });
        if (applied.isEmpty()) {
            return List.of();
        }
        Publication first = ledger.publication(applied.get(0).id);
        return List.of(new Finding(
                Guarantee.REFUSAL_IS_FINAL,
                ids(applied),
                subscription.place(),
                "a publish that is reported as failed has no effect.",
                Words.list(ids(applied)) + " reported as failed" + Words.because(first.whyFailed)
                        + ", and applied all the same.",
                "the customer is told \"no\" and orders again, and both orders are delivered.",
                "a time-out or a broken connection is reported as a failure, though the outcome is unknown; or the"
                        + " answer to one publish is credited to another."));
    }

    static List<Finding> unexpected(Ledger ledger, Subscription subscription) {
        List<Finding> findings = new ArrayList<>();
        List<Receipt> invented = applied(ledger, subscription, receipt -> ledger.publication(receipt.id) == null);
        if (!invented.isEmpty()) {
            findings.add(new Finding(
                    Guarantee.ONLY_WHAT_WAS_PUBLISHED,
                    ids(invented),
                    subscription.place(),
                    "every effect belongs to a message that was published.",
                    Words.list(ids(invented)) + " applied, and never published.",
                    "goods leave the warehouse, and no order explains them.",
                    "the consumer makes up an id where it ought to read the one in the message, or it reads what an"
                            + " earlier run left behind."));
        }
        List<Receipt> foreign = applied(
                ledger,
                subscription,
                receipt -> ledger.publication(receipt.id) != null
                        && !subscription.wants().test(receipt.id));
        if (!foreign.isEmpty()) {
            findings.add(new Finding(
                    Guarantee.ONLY_WHAT_WAS_PUBLISHED,
                    ids(foreign),
                    subscription.place(),
                    "a subscriber acts on the messages that it subscribed to.",
                    Words.list(ids(foreign)) + " applied, though the subscription does not cover "
                            + (foreign.size() == 1 ? "it." : "them."),
                    "a cancelled order earns points, or a test event reaches the customer.",
                    "the binding is wider than asked for (# where * was meant), or two subscribers share one queue."));
        }
        return findings;
    }

    static List<Finding> duplicated(Ledger ledger, Subscription subscription) {
        List<Receipt> repeated =
                applied(ledger, subscription, receipt -> receipt.applied > 1 && ledger.publication(receipt.id) != null);
        List<Finding> findings = new ArrayList<>();
        List<Receipt> republished = new ArrayList<>();
        List<Receipt> once = new ArrayList<>();
        for (Receipt receipt : repeated) {
            (ledger.publication(receipt.id).attempts > 1 ? republished : once).add(receipt);
        }
        if (!once.isEmpty()) {
            findings.add(duplicated(
                    ledger,
                    subscription,
                    once,
                    "nothing remembers, together with the effect, which ids have been handled; every redelivery then"
                            + " does the work again."));
        }
        if (!republished.isEmpty()) {
            findings.add(duplicated(
                    ledger,
                    subscription,
                    republished,
                    "duplicates are recognised by the broker's redelivered flag or delivery tag; a publisher's second"
                            + " try comes as a new message, and only the business id is the same."));
        }
        return findings;
    }

    private static Finding duplicated(
            Ledger ledger, Subscription subscription, List<Receipt> repeated, String usually) {
        Receipt first = repeated.get(0);
        int published = Math.max(1, ledger.publication(first.id).attempts);
        String others = repeated.size() == 1 ? "" : "; also " + Words.list(ids(repeated.subList(1, repeated.size())));
        return new Finding(
                Guarantee.EXACTLY_ONCE_EFFECT,
                ids(repeated),
                subscription.place(),
                "each message takes effect once, however often it is delivered.",
                Words.name(first.id) + " applied " + Words.times(first.applied) + " (published "
                        + Words.times(published) + ", delivered " + Words.times(first.delivered) + ")" + others + ".",
                "the customer is charged twice, credited twice, mailed twice.",
                usually);
    }

    private static List<Receipt> applied(Ledger ledger, Subscription subscription, Predicate<Receipt> condition) {
        return ledger.place(subscription).firstEffects().stream()
                .filter(condition)
                .toList();
    }

    private static List<String> ids(List<Receipt> receipts) {
        return receipts.stream().map(receipt -> receipt.id).toList();
    }
}
