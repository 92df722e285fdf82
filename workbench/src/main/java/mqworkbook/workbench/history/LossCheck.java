package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Confirmed and owed, and neither applied nor dead-lettered; one finding for each kind of last trace. */
final class LossCheck {

    private final Ledger ledger;
    private final Subscription subscription;
    private final Place place;
    private final boolean competing;

    private LossCheck(Ledger ledger, Subscription subscription) {
        this.ledger = ledger;
        this.subscription = subscription;
        place = ledger.place(subscription);
        competing = ledger.everyMessageWentToOnePlaceOnly();
    }

    static List<Finding> judge(Ledger ledger, Subscription subscription) {
        return new LossCheck(ledger, subscription).findings();
    }

    private List<Finding> findings() {
        List<Publication> owed = ledger.owed(subscription);
        Map<LossTrace, List<String>> lost = new EnumMap<>(LossTrace.class);
        for (Publication publication : owed) {
            Receipt receipt = place.receipt(publication.id);
            if (!receipt.isSettled()) {
                lost.computeIfAbsent(trace(receipt), trace -> new ArrayList<>()).add(publication.id);
            }
        }
        String expected =
                (owed.size() == 1 ? "the confirmed message" : "each of the " + owed.size() + " confirmed messages")
                        + " is applied or dead-lettered.";
        List<Finding> findings = new ArrayList<>();
        lost.forEach((trace, ids) -> findings.add(new Finding(
                Guarantee.NO_LOSS,
                ids,
                subscription.place(),
                expected,
                observed(trace, ids),
                trace.inProduction,
                trace.usually)));
        return findings;
    }

    private LossTrace trace(Receipt receipt) {
        if (receipt.handlerFailures > 0) {
            return LossTrace.HANDLER_FAILED;
        }
        if (receipt.delivered > 0) {
            return LossTrace.HANDED_OVER;
        }
        if (place.failedLast() != null) {
            return LossTrace.SUBSCRIBER_STOPPED;
        }
        if (place.isSilent()) {
            return LossTrace.NOTHING_HERE;
        }
        if (ledger.placesThatSaw(receipt.id).isEmpty()) {
            return LossTrace.NOWHERE;
        }
        return competing ? LossTrace.COMPETING : LossTrace.OTHER_PLACES;
    }

    private String observed(LossTrace trace, List<String> ids) {
        return ids.size() + (ids.size() == 1 ? " is not: " : " are not: ") + Words.list(ids) + ". "
                + lastSeen(trace, ids.get(0)) + ".";
    }

    private String lastSeen(LossTrace trace, String id) {
        String elsewhere = Words.name(id) + " reached " + Words.list(ledger.placesThatSaw(id));
        return switch (trace) {
            case HANDLER_FAILED ->
                "The handler failed" + Words.because(place.receipt(id).whyFailed)
                        + ", and neither a success nor a dead letter followed";
            case HANDED_OVER -> "Delivered, and then neither an effect nor a failure nor a dead letter";
            case SUBSCRIBER_STOPPED -> {
                Event last = place.failedLast();
                yield "Never seen here; the last sign of life is a handler that failed on "
                        + Words.name(last.messageId()) + Words.because(last.detail());
            }
            case NOTHING_HERE -> "Never seen here, nor was any other message";
            case COMPETING ->
                "Never seen here; each message of this run reached one subscriber only (" + elsewhere + ")";
            case OTHER_PLACES -> "Never seen here, though " + elsewhere;
            case NOWHERE ->
                "Confirmed, and never seen at any subscriber"
                        + (ledger.faults().isEmpty() ? "" : "; faults in this run: " + Words.list(ledger.faults()));
        };
    }
}
