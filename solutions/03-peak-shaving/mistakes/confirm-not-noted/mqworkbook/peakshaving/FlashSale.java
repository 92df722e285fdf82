// Mistake:   confirm-not-noted
// Wrong:     Nobody notes that the queue has confirmed a purchase.
// Shows as:  The backlog of the sale is an hour long, and each run of the reconciler makes it an hour longer.
// Caught in: step 5
// Says:      "published again and again"; "R-"
package mqworkbook.peakshaving;

import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;

/** What a click goes through: gate, admission, buffer. Nothing here touches the database. */
public final class FlashSale {

    private final TokenBucket gate;
    private final Admission admission;
    private final WinPublisher publisher;

    public FlashSale(TokenBucket gate, Admission admission, WinPublisher publisher) {
        this.gate = gate;
        this.admission = admission;
        this.publisher = publisher;
    }

    /** Answers a click at once. */
    public Outcome buy(Purchase purchase) {
        return gate.tryAcquire() ? admitted(purchase) : Outcome.TOO_BUSY;
    }

    /**
     * Reserves, and publishes what was won. If it is certain that no queue took it, the units are given back, and the
     * answer is {@link Outcome#TOO_BUSY}. If it is not certain, the reservation stands, and the answer is {@link
     * Outcome#WON}: the reconciler publishes it again.
     */
    private Outcome admitted(Purchase purchase) {
        Outcome outcome = admission.reserve(purchase);
        if (outcome != Outcome.WON) {
            return outcome;
        }
        switch (publisher.publish(purchase)) {
            case CONFIRMED -> {}
            case REFUSED -> {
                // No, if another copy may be in the queue: then the units stay with the shopper.
                if (admission.giveBack(purchase)) {
                    return Outcome.TOO_BUSY;
                }
            }
            default -> {
                // No answer is not a no. The purchase may be in the queue, and must not be sold twice.
            }
        }
        return Outcome.WON;
    }
}
