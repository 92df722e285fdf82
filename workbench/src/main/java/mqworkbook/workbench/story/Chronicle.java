package mqworkbook.workbench.story;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.workbench.history.Event;
import mqworkbook.workbench.wire.WireEvent;

/** Everything that one recording tells, as acts in the order of time. */
final class Chronicle {

    private final Recording recording;
    private final List<Act> acts = new ArrayList<>();
    private final Set<String> onWire = new HashSet<>();
    private final Harm harm = new Harm();

    private Chronicle(Recording recording) {
        this.recording = recording;
    }

    static List<Act> of(Recording recording) {
        Chronicle chronicle = new Chronicle(recording);
        List<WireEvent> wire = recording.wire();
        wire.forEach(event -> chronicle.onWire.add(event.relay()));
        List<Event> events = recording.history().events();
        events.forEach(chronicle::tell);
        Dialect dialect = Dialect.of(recording, chronicle.acts::add);
        wire.forEach(event -> chronicle.tell(event, dialect));
        chronicle.acts.sort(Comparator.comparingLong(Act::nanos));
        return new Attempts().toldOnce(chronicle.acts);
    }

    private void tell(WireEvent event, Dialect dialect) {
        if (event instanceof WireEvent.Passage passage) {
            if (passage.disposition() != WireEvent.Disposition.HELD) {
                dialect.tell(passage);
            }
        } else {
            harm.of(event, recording.broker().displayName()).ifPresent(acts::add);
        }
    }

    private void tell(Event event) {
        long nanos = recording.history().began() + event.nanos();
        String broker = recording.broker().displayName();
        String actor = event.actor();
        switch (event.kind()) {
            case ATTEMPTED -> add(event, nanos, actor, broker, "publish", Act.Kind.ATTEMPT);
            case CONFIRMED -> {
                // Who has no wire of its own has its answer from the broker; of the others the wire tells.
                boolean own = onWire.contains(actor);
                add(event, nanos, own ? actor : broker, actor, own ? "tells: confirmed" : "confirm", Act.Kind.ANSWER);
            }
            case FAILED -> add(event, nanos, actor, actor, "tells: failed", Act.Kind.MESSAGE);
            case IN_DOUBT -> add(event, nanos, actor, actor, "tells: in doubt", Act.Kind.MESSAGE);
            case DELIVERED -> add(event, nanos, actor, actor, "begins", Act.Kind.MESSAGE);
            case APPLIED -> add(event, nanos, actor, actor, "applies", Act.Kind.MESSAGE);
            case HANDLER_FAILED -> add(event, nanos, actor, actor, "fails", Act.Kind.MESSAGE);
            case DEAD_LETTERED -> add(event, nanos, broker, broker, "dead letter", Act.Kind.MESSAGE);
            case FAULT -> acts.add(harm.told(nanos, event.detail(), onWire));
            case SUBSCRIBED, WIRE -> {
                // The wire tells it itself.
            }
        }
    }

    private void add(Event event, long nanos, String from, String to, String what, Act.Kind kind) {
        List<String> messages = event.messageId().isEmpty() ? List.of() : List.of(event.messageId());
        acts.add(new Act(nanos, from, to, what, messages, event.detail().replace(recording.prefix(), ""), kind));
    }
}
