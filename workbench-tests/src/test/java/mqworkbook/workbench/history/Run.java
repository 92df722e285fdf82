package mqworkbook.workbench.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A generated run: for each message what its publisher was told and what became of it at each place. The oracle reads
 * the checkers' answers off these choices, without looking at an event.
 *
 * @param messages in the order of their numbers
 * @param interleaving seed of the order in which events of different messages mix; those of one message keep theirs
 */
record Run(List<Message> messages, long interleaving) {

    static final List<String> PLACES = List.of("email", "points");

    record Message(String id, Told told, Map<String, Fate> fates) {
        Fate at(String place) {
            return fates.get(place);
        }
    }

    /** What the publisher was told, attempt by attempt. */
    enum Told {
        YES(Outcome.OK, Kind.ATTEMPTED, Kind.CONFIRMED),
        NOTHING_THEN_YES(Outcome.OK, Kind.ATTEMPTED, Kind.IN_DOUBT, Kind.ATTEMPTED, Kind.CONFIRMED),
        NO_THEN_YES(Outcome.OK, Kind.ATTEMPTED, Kind.FAILED, Kind.ATTEMPTED, Kind.CONFIRMED),
        NO(Outcome.FAILED, Kind.ATTEMPTED, Kind.FAILED),
        NO_TWICE(Outcome.FAILED, Kind.ATTEMPTED, Kind.FAILED, Kind.ATTEMPTED, Kind.FAILED),
        NOTHING(Outcome.UNKNOWN, Kind.ATTEMPTED, Kind.IN_DOUBT),
        NOTHING_THEN_NO(Outcome.UNKNOWN, Kind.ATTEMPTED, Kind.IN_DOUBT, Kind.ATTEMPTED, Kind.FAILED),
        STILL_WAITING(Outcome.UNKNOWN, Kind.ATTEMPTED),
        NEVER_PUBLISHED(null);

        final Outcome outcome;
        final List<Kind> kinds;

        Told(Outcome outcome, Kind... kinds) {
            this.outcome = outcome;
            this.kinds = List.of(kinds);
        }
    }

    /** What became of a message at one place. */
    enum Fate {
        UNSEEN(0, 0, false),
        VANISHED(1, 0, false, Kind.DELIVERED),
        FAILED_AND_GONE(1, 0, false, Kind.DELIVERED, Kind.HANDLER_FAILED),
        HANDLED(1, 1, false, Kind.DELIVERED, Kind.APPLIED),
        HANDLED_UNSEEN(0, 1, false, Kind.APPLIED),
        HANDLED_ON_RETRY(2, 1, false, Kind.DELIVERED, Kind.HANDLER_FAILED, Kind.DELIVERED, Kind.APPLIED),
        REPEATED(2, 2, false, Kind.DELIVERED, Kind.APPLIED, Kind.DELIVERED, Kind.APPLIED),
        DEAD(1, 0, true, Kind.DELIVERED, Kind.HANDLER_FAILED, Kind.DEAD_LETTERED),
        DEAD_TWICE(0, 0, true, Kind.DEAD_LETTERED, Kind.DEAD_LETTERED),
        HANDLED_AND_DEAD(1, 1, true, Kind.DELIVERED, Kind.APPLIED, Kind.DEAD_LETTERED),
        REDRIVEN(1, 1, true, Kind.DEAD_LETTERED, Kind.DELIVERED, Kind.APPLIED);

        final int delivered;
        final int applied;
        final boolean dead;
        final List<Kind> kinds;

        Fate(int delivered, int applied, boolean dead, Kind... kinds) {
            this.delivered = delivered;
            this.applied = applied;
            this.dead = dead;
            this.kinds = List.of(kinds);
        }

        boolean isSettled() {
            return applied > 0 || dead;
        }
    }

    /** The question an oracle answers for one message at one place. */
    interface Question {
        boolean holds(Told told, Fate fate);
    }

    static final Question LOST = (told, fate) -> told.outcome == Outcome.OK && !fate.isSettled();
    static final Question DUPLICATED = (told, fate) -> told.outcome != null && fate.applied > 1;
    static final Question UNEXPECTED = (told, fate) -> told.outcome == null && fate.applied > 0;
    static final Question REFUSED = (told, fate) -> told.outcome == Outcome.FAILED && fate.applied > 0;
    static final Question RECOVERED = (told, fate) -> told.outcome == Outcome.UNKNOWN && fate.applied > 0;
    static final Question REDELIVERED = (told, fate) -> fate.delivered > 1;
    static final Question OUT_OF_BALANCE = (told, fate) -> LOST.holds(told, fate)
            || fate == Fate.HANDLED_AND_DEAD
            || fate.isSettled() && (told.outcome == null || told.outcome == Outcome.FAILED);

    Set<String> oracle(String place, Question question) {
        Set<String> ids = new TreeSet<>();
        for (Message message : messages) {
            if (question.holds(message.told(), message.at(place))) {
                ids.add(message.id());
            }
        }
        return ids;
    }

    boolean anythingAttempted() {
        return messages.stream().anyMatch(message -> message.told() != Told.NEVER_PUBLISHED);
    }

    boolean anythingConsumed() {
        return messages.stream()
                .anyMatch(message -> PLACES.stream().anyMatch(place -> message.at(place) != Fate.UNSEEN));
    }

    Run interleaved(long otherwise) {
        return new Run(messages, otherwise);
    }

    List<Event> events() {
        List<Deque<Runnable>> lanes = new ArrayList<>();
        History history = new History();
        for (Message message : messages) {
            Deque<Runnable> lane = new ArrayDeque<>();
            for (Kind kind : message.told().kinds) {
                lane.add(() -> history.record(kind, "orders", message.id(), "", ""));
            }
            for (String place : PLACES) {
                message.at(place)
                        .kinds
                        .forEach(kind -> lane.add(() -> history.record(kind, place, message.id(), place, "")));
            }
            lanes.add(lane);
        }
        Random random = new Random(interleaving);
        lanes.removeIf(Deque::isEmpty);
        while (!lanes.isEmpty()) {
            Deque<Runnable> lane = lanes.get(random.nextInt(lanes.size()));
            lane.remove().run();
            lanes.removeIf(Deque::isEmpty);
        }
        return history.events();
    }
}
