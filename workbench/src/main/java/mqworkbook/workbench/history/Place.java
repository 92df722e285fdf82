package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one subscriber saw and did. */
final class Place {

    /** The place that nothing is known of. */
    static final Place SILENT = new Place();

    private final Map<String, Receipt> receipts = new LinkedHashMap<>();
    private final List<Receipt> firstEffects = new ArrayList<>();
    private int subscribedAt = -1;
    private Event last;

    void subscribed(int position) {
        if (subscribedAt < 0) {
            subscribedAt = position;
        }
    }

    void add(Event event) {
        Receipt receipt = receipts.computeIfAbsent(event.messageId(), Receipt::new);
        boolean appliedBefore = receipt.applied > 0;
        receipt.add(event);
        if (!appliedBefore && receipt.applied > 0) {
            firstEffects.add(receipt);
        }
        // A dead-letter queue is read by the test, when it likes: no sign of life of the subscriber.
        if (event.kind() != Kind.DEAD_LETTERED) {
            last = event;
        }
    }

    boolean isSilent() {
        return receipts.isEmpty();
    }

    boolean mayMiss(Publication publication) {
        return publication.position < subscribedAt;
    }

    boolean saw(String id) {
        return receipts.containsKey(id);
    }

    Receipt receipt(String id) {
        Receipt receipt = receipts.get(id);
        return receipt == null ? new Receipt(id) : receipt;
    }

    Iterable<Receipt> receipts() {
        return receipts.values();
    }

    /** Each message applied here, in the order of the first effects. */
    List<Receipt> firstEffects() {
        return firstEffects;
    }

    /** The failure after which nothing was heard of the subscriber; {@code null} if it went on. */
    Event failedLast() {
        return last != null && last.kind() == Kind.HANDLER_FAILED ? last : null;
    }
}
