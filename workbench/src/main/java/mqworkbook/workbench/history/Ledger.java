package mqworkbook.workbench.history;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history sorted by message and by place, in one pass; what every checker reads. */
final class Ledger {

    private final Map<String, Publication> publications = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    /** Reads events in the order given. Events that name no message where one is needed say nothing and are skipped. */
    static Ledger of(Collection<Event> events) {
        Ledger ledger = new Ledger();
        int position = 0;
        for (Event event : events) {
            if (event != null) {
                ledger.add(event, position++);
            }
        }
        return ledger;
    }

    private void add(Event event, int position) {
        switch (event.kind()) {
            case ATTEMPTED, CONFIRMED, FAILED, IN_DOUBT -> {
                if (!event.messageId().isEmpty()) {
                    publications
                            .computeIfAbsent(event.messageId(), id -> new Publication(event, position))
                            .add(event);
                }
            }
            case DELIVERED, APPLIED, HANDLER_FAILED, DEAD_LETTERED -> {
                if (!event.messageId().isEmpty()) {
                    at(event.place()).add(event);
                }
            }
            case SUBSCRIBED -> at(event.place()).subscribed(position);
            case FAULT -> faults.add(event.detail());
            case WIRE -> {
                // The wire explains; it decides nothing.
            }
        }
    }

    private Place at(String place) {
        return places.computeIfAbsent(place, name -> new Place());
    }

    Place place(Subscription subscription) {
        return places.getOrDefault(subscription.place(), Place.SILENT);
    }

    /** The publisher's side of an id; {@code null} if nobody ever published it. */
    Publication publication(String id) {
        return publications.get(id);
    }

    Collection<Publication> publications() {
        return publications.values();
    }

    /** Faults of the run, each once. */
    Set<String> faults() {
        return faults;
    }

    /** What the broker took on for this subscription: confirmed, covered, and not from before it subscribed. */
    List<Publication> owed(Subscription subscription) {
        Place place = place(subscription);
        return publications.values().stream()
                .filter(publication -> publication.is(Outcome.OK))
                .filter(publication -> !place.mayMiss(publication))
                .filter(publication -> subscription.wants().test(publication.id))
                .toList();
    }

    boolean nothingAttempted() {
        return publications.isEmpty();
    }

    boolean nothingConsumed(List<Subscription> at) {
        return at.stream().allMatch(subscription -> place(subscription).isSilent());
    }

    /** Where a message left any trace. */
    List<String> placesThatSaw(String id) {
        return places.entrySet().stream()
                .filter(place -> place.getValue().saw(id))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The mark of subscribers that compete: no message reached two of them. */
    boolean everyMessageWentToOnePlaceOnly() {
        Set<String> seen = new HashSet<>();
        for (Place place : places.values()) {
            for (Receipt receipt : place.receipts()) {
                if (!seen.add(receipt.id)) {
                    return false;
                }
            }
        }
        return true;
    }
}
