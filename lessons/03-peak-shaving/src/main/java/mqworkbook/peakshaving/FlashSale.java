package mqworkbook.peakshaving;

import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Todo;

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
        throw new Todo(2, "Turn away at the gate what is too much; what passes it is admitted.");
    }

    /**
     * Reserves, and publishes what was won. If it is certain that no queue took it, the units are given back, and the
     * answer is {@link Outcome#TOO_BUSY}. If it is not certain, the reservation stands, and the answer is {@link
     * Outcome#WON}: the reconciler publishes it again.
     */
    private Outcome admitted(Purchase purchase) {
        throw new Todo(3, "Reserve, publish what was won, and give back what no queue took.");
    }
}
