package mqworkbook.workbench.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Pure functions from what was recorded to a {@link Verdict}, named as in the field.
 *
 * <p>Run them on a history that has come to rest: faults healed, queues drained. A message that is still on its way is
 * indistinguishable from a lost one.
 *
 * <p>Each makes one pass over the events in the order given and never throws on odd input: ids nobody published, answers
 * nobody waited for, effects without deliveries, {@code null} events. What is consumed only counts at the
 * subscriptions named. A run in which nothing was published, or in which nothing arrived at any of the subscriptions, is
 * {@linkplain Verdict.Validity#INCONCLUSIVE inconclusive}: it proves nothing about the code.
 */
public final class Checkers {

    private Checkers() {}

    /**
     * Confirmed, and at a subscription that covers it neither applied nor dead-lettered. A message that was attempted
     * before its subscriber subscribed is not owed.
     */
    public static Verdict lost(List<Event> events, List<Subscription> at) {
        return judge(Ledger.of(events), at, LossCheck::judge);
    }

    /** Applied more than once at the same place. Deliveries may repeat; see {@link #redelivered}. */
    public static Verdict duplicated(List<Event> events, List<Subscription> at) {
        return judge(Ledger.of(events), at, EffectCheck::duplicated);
    }

    /** Applied, though nobody ever published it, or though the subscription does not cover it. */
    public static Verdict unexpected(List<Event> events, List<Subscription> at) {
        return judge(Ledger.of(events), at, EffectCheck::unexpected);
    }

    /** Applied, though every publish of it was reported as failed; see {@link Outcome#FAILED} for what that promises. */
    public static Verdict refusedYetApplied(List<Event> events, List<Subscription> at) {
        return judge(Ledger.of(events), at, EffectCheck::refusedYetApplied);
    }

    /** Applied, though its publish was in doubt: legal, and noted. Never invalid. */
    public static Verdict recovered(List<Event> events, List<Subscription> at) {
        return note(Ledger.of(events), at, LegalNotes::recovered);
    }

    /** Delivered more than once: legal, and noted. Never invalid. */
    public static Verdict redelivered(List<Event> events, List<Subscription> at) {
        return note(Ledger.of(events), at, LegalNotes::redelivered);
    }

    /**
     * First effects of one key in another order than first attempts. Meaningful where one publisher at a time publishes
     * for a key.
     *
     * @param keyOf the ordering key of a published message id; {@code null} where order does not matter
     */
    public static Verdict reordered(List<Event> events, List<Subscription> at, Function<String, String> keyOf) {
        return judge(Ledger.of(events), at, (ledger, place) -> OrderCheck.judge(ledger, place, keyOf));
    }

    /**
     * Applied sooner after the first attempt than the delay allows.
     *
     * @param delayOf how long after its attempt a published message id is due; {@code null} where it has no delay
     * @param precision how much too early the broker's timer may fire
     */
    public static Verdict premature(
            List<Event> events, List<Subscription> at, Function<String, Duration> delayOf, Duration precision) {
        return judge(Ledger.of(events), at, (ledger, place) -> DueCheck.judge(ledger, place, delayOf, precision));
    }

    /**
     * Accepted = handled + dead-lettered at each subscription, by distinct ids. Messages in doubt may be on the right
     * side or not; duplicates in a dead-letter queue are legal; so is handling a message that was dead-lettered before.
     */
    public static Verdict conservation(List<Event> events, List<Subscription> at) {
        return judge(Ledger.of(events), at, ConservationCheck::judge);
    }

    /** One publish, reported both as confirmed and as failed. */
    public static Verdict contradicted(List<Event> events) {
        Ledger ledger = Ledger.of(events);
        return publisherSide(ledger, AnswerCheck.contradicted(ledger));
    }

    /** Published, and never reported as confirmed, failed or in doubt. */
    public static Verdict unanswered(List<Event> events) {
        Ledger ledger = Ledger.of(events);
        return publisherSide(ledger, AnswerCheck.unanswered(ledger));
    }

    /**
     * What a queue owes, as Jepsen's {@code total-queue} has it: {@link #lost}, {@link #refusedYetApplied},
     * {@link #unexpected}, {@link #duplicated}, and as notes {@link #recovered} and {@link #redelivered}.
     */
    public static Verdict totalQueue(List<Event> events, List<Subscription> at) {
        Ledger ledger = Ledger.of(events);
        return Verdict.of(
                judge(ledger, at, LossCheck::judge),
                judge(ledger, at, EffectCheck::refusedYetApplied),
                judge(ledger, at, EffectCheck::unexpected),
                judge(ledger, at, EffectCheck::duplicated),
                note(ledger, at, LegalNotes::recovered),
                note(ledger, at, LegalNotes::redelivered));
    }

    /** What the publisher knows about each message, over all its attempts, in the order of the first ones. */
    public static Map<String, Outcome> outcomes(List<Event> events) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Publication publication : Ledger.of(events).publications()) {
            outcomes.put(publication.id, publication.outcome());
        }
        return outcomes;
    }

    private static Verdict judge(
            Ledger ledger, List<Subscription> at, BiFunction<Ledger, Subscription, List<Finding>> check) {
        if (ledger.nothingConsumed(at)) {
            return verdict(List.of(), LegalNotes.inconclusive(ledger, at));
        }
        List<Finding> findings = new ArrayList<>();
        at.forEach(subscription -> findings.addAll(check.apply(ledger, subscription)));
        return verdict(findings, LegalNotes.inconclusive(ledger, at));
    }

    private static Verdict note(
            Ledger ledger, List<Subscription> at, BiFunction<Ledger, Subscription, List<Note>> check) {
        List<Note> inconclusive = LegalNotes.inconclusive(ledger, at);
        if (!inconclusive.isEmpty()) {
            return verdict(List.of(), inconclusive);
        }
        List<Note> notes = new ArrayList<>();
        at.forEach(subscription -> notes.addAll(check.apply(ledger, subscription)));
        return new Verdict(Verdict.Validity.VALID, List.of(), notes);
    }

    private static Verdict publisherSide(Ledger ledger, List<Finding> findings) {
        List<Note> notes = ledger.nothingAttempted() ? LegalNotes.inconclusive(ledger, List.of()) : List.of();
        return verdict(findings, notes);
    }

    private static Verdict verdict(List<Finding> findings, List<Note> inconclusive) {
        Verdict.Validity otherwise = inconclusive.isEmpty() ? Verdict.Validity.VALID : Verdict.Validity.INCONCLUSIVE;
        return new Verdict(findings.isEmpty() ? otherwise : Verdict.Validity.INVALID, findings, inconclusive);
    }
}
