package mqworkbook.ordering;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.Reason;
import mqworkbook.workbench.judge.Wrong;

/** What must be true of an order in the ledger when these changes have come, in whatever order and however often. */
final class Following {

    private Following() {}

    static void expect(TestLedger ledger, String orderId, Set<OrderEvent> came) {
        ledger.check();
        List<OrderEvent> applied = ledger.applied(orderId);
        Map<OrderEvent, Reason> parked = ledger.parked(orderId);
        Set<OrderEvent> known = new HashSet<>(applied);
        known.addAll(parked.keySet());
        for (OrderEvent change : came) {
            if (!known.contains(change)) {
                throw Wrong.that("A change came, and is neither applied nor parked")
                        .seen(change + "; applied " + applied + ", parked " + parked)
                        .means("Nobody knows of it any more: a cancellation, a payment.")
                        .suspect("a change that is refused and thrown away; or one that has the number of another, and"
                                + " is taken for a copy of it");
            }
            if (applied.contains(change) && parked.containsKey(change)) {
                throw Wrong.that("A change is applied, and parked as well")
                        .seen(change + "; applied " + applied + ", parked " + parked)
                        .means("People look into what is long done.");
            }
        }
        if (known.size() > came.size()) {
            known.removeAll(came);
            throw Wrong.that("The ledger holds changes that never came").seen(known.toString());
        }
        expectNoneWaits(applied, parked);
    }

    private static void expectNoneWaits(List<OrderEvent> applied, Map<OrderEvent, Reason> parked) {
        Optional<OrderState> state = applied.isEmpty()
                ? Optional.empty()
                : Optional.of(applied.get(applied.size() - 1).state());
        for (OrderEvent change : parked.keySet()) {
            if (change.sequence() == applied.size() + 1 && change.state().mayFollow(state)) {
                throw Wrong.that("A change waits in the parking lot, although it is the next one")
                        .seen(change + " is parked; applied are " + applied)
                        .means("The order stands still for ever: what it waited for has come.")
                        .suspect("a gap that is closed, and nobody looks what has waited for it, and for that");
            }
        }
    }
}
