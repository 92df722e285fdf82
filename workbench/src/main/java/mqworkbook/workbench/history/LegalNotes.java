package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.List;

/** What looks odd and is allowed, and the reasons of an inconclusive verdict. */
final class LegalNotes {

    private LegalNotes() {}

    static List<Note> redelivered(Ledger ledger, Subscription subscription) {
        List<String> ids = new ArrayList<>();
        for (Receipt receipt : ledger.place(subscription).receipts()) {
            if (receipt.delivered > 1) {
                ids.add(receipt.id);
            }
        }
        return notes(
                Note.Topic.REDELIVERED,
                ids,
                subscription,
                " delivered more than once. That is legal: delivery is at-least-once, and the effect is what counts.");
    }

    static List<Note> recovered(Ledger ledger, Subscription subscription) {
        List<String> ids = new ArrayList<>();
        for (Receipt receipt : ledger.place(subscription).firstEffects()) {
            Publication publication = ledger.publication(receipt.id);
            if (publication != null && publication.is(Outcome.UNKNOWN)) {
                ids.add(receipt.id);
            }
        }
        return notes(
                Note.Topic.RECOVERED,
                ids,
                subscription,
                " applied, though its publish was in doubt. That is legal: a time-out says nothing about what became"
                        + " of a message.");
    }

    static List<Note> inconclusive(Ledger ledger, List<Subscription> at) {
        if (ledger.nothingAttempted()) {
            return List.of(note("Nothing was published, so there is nothing to judge."));
        }
        if (!ledger.nothingConsumed(at)) {
            return List.of();
        }
        if (at.isEmpty()) {
            return List.of(note("No subscriber was looked at, so nothing can be said about what arrived."));
        }
        long confirmed = ledger.publications().stream()
                .filter(publication -> publication.is(Outcome.OK))
                .count();
        return List.of(note("Nothing was consumed: "
                + Words.count((int) confirmed, "message") + " confirmed, and none was seen at "
                + Words.list(at.stream().map(Subscription::place).toList())
                + ". Look first at whether consumers run and whether their queues are bound."));
    }

    private static Note note(String text) {
        return new Note(Note.Topic.INCONCLUSIVE, List.of(), "", text);
    }

    private static List<Note> notes(Note.Topic topic, List<String> ids, Subscription subscription, String text) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String who = "At " + Words.name(subscription.place()) + ": " + Words.list(ids);
        return List.of(new Note(topic, ids, subscription.place(), who + text));
    }
}
