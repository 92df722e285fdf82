// Mistake:   lost-connection-taken-for-no
// Wrong:     Whatever is not confirmed is given back, also when nobody knows whether it arrived.
// Shows as:  A load balancer restarts during the sale, and forty units are sold twice.
// Caught in: step 3
// Says:      "may be in the queue were given back"; "R-"
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
            case CONFIRMED -> admission.queued(purchase);
            case REFUSED -> {
                // No, if another copy may be in the queue: then the units stay with the shopper.
                if (admission.giveBack(purchase)) {
                    return Outcome.TOO_BUSY;
                }
            }
            default -> {
                admission.giveBack(purchase);
                return Outcome.TOO_BUSY;
            }
        }
        return Outcome.WON;
    }
}
