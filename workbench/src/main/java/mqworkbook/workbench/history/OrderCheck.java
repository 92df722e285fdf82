package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** First effects of each key, compared with the order of first attempts. */
final class OrderCheck {

    private OrderCheck() {}

    static List<Finding> judge(Ledger ledger, Subscription subscription, Function<String, String> keyOf) {
        Map<String, Publication> newest = new HashMap<>();
        List<String> late = new ArrayList<>();
        String first = "";
        for (Receipt receipt : ledger.place(subscription).firstEffects()) {
            Publication publication = ledger.publication(receipt.id);
            String key = publication == null ? null : keyOf.apply(receipt.id);
            if (key == null) {
                continue;
            }
            Publication before = newest.get(key);
            if (before == null || before.position < publication.position) {
                newest.put(key, publication);
                continue;
            }
            late.add(receipt.id);
            if (first.isEmpty()) {
                first = Words.name(before.id) + " applied before " + Words.name(receipt.id) + " (key " + Words.name(key)
                        + "), though published after it";
            }
        }
        return late.isEmpty() ? List.of() : List.of(finding(subscription, late, first));
    }

    private static Finding finding(Subscription subscription, List<String> late, String first) {
        String others = late.size() == 1 ? "." : "; also late: " + Words.list(late.subList(1, late.size())) + ".";
        return new Finding(
                Guarantee.ORDER_PER_KEY,
                late,
                subscription.place(),
                "messages with the same key take effect in the order of publishing.",
                first + others,
                "an order that was shipped turns back to \"paid\", and stays so: the older state was written last.",
                "a thread pool inside the consumer, several consumers on one queue, or a failed message that goes back"
                        + " behind its successors (a requeue, a retry topic).");
    }
}
