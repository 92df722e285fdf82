package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The record of one run: what was attempted, confirmed, delivered, applied, by whom and when.
 *
 * <p>Any thread may record; events are only ever added. Sequence numbers, times and the order of {@link #events()}
 * agree with each other. Recording costs well under a microsecond and never blocks on anything but another recording.
 */
public final class History {

    private static final int LINES = 60;

    private final Object lock = new Object();
    private final List<Event> events = new ArrayList<>();
    private final LongSupplier clock;
    private final long began;

    /** An empty history that begins now. */
    public History() {
        this(System::nanoTime);
    }

    History(LongSupplier nanoClock) {
        clock = nanoClock;
        began = nanoClock.getAsLong();
    }

    /** When it began, by {@link System#nanoTime()}. */
    public long began() {
        return began;
    }

    /** Adds an event and returns it. Any text may be {@code null} and is then empty. */
    public Event record(Kind kind, String actor, String messageId, String place, String detail) {
        synchronized (lock) {
            Event event =
                    new Event(events.size() + 1L, clock.getAsLong() - began, kind, actor, messageId, place, detail);
            events.add(event);
            return event;
        }
    }

    /** The publisher is about to publish. Record it before the call. */
    public void attempted(String actor, String messageId) {
        record(Kind.ATTEMPTED, actor, messageId, "", "");
    }

    /** The publisher was told yes. */
    public void confirmed(String actor, String messageId) {
        record(Kind.CONFIRMED, actor, messageId, "", "");
    }

    /** The publisher was told no. A time-out belongs to {@link #inDoubt}. */
    public void failed(String actor, String messageId, String why) {
        record(Kind.FAILED, actor, messageId, "", why);
    }

    /** The publisher was told nothing: a time-out, a broken connection. */
    public void inDoubt(String actor, String messageId, String why) {
        record(Kind.IN_DOUBT, actor, messageId, "", why);
    }

    /** The publisher's answer, whichever it was. */
    public void answered(String actor, String messageId, Outcome outcome, String why) {
        record(outcome.kind(), actor, messageId, "", why);
    }

    /** The subscriber's queue is in place; it is owed what is attempted from here on. */
    public void subscribed(String subscriber) {
        record(Kind.SUBSCRIBED, subscriber, "", subscriber, "");
    }

    /** The message was handed to the subscriber. */
    public void delivered(String subscriber, String messageId) {
        record(Kind.DELIVERED, subscriber, messageId, subscriber, "");
    }

    /** The subscriber's work took effect. */
    public void applied(String subscriber, String messageId) {
        record(Kind.APPLIED, subscriber, messageId, subscriber, "");
    }

    /** The subscriber's handler threw. */
    public void handlerFailed(String subscriber, String messageId, String why) {
        record(Kind.HANDLER_FAILED, subscriber, messageId, subscriber, why);
    }

    /** The message was found in the subscriber's dead-letter queue. */
    public void deadLettered(String subscriber, String messageId) {
        record(Kind.DEAD_LETTERED, subscriber, messageId, subscriber, "");
    }

    /** The test did harm. */
    public void fault(String what) {
        record(Kind.FAULT, "", "", "", what);
    }

    /** A protocol message passed the relay of this name. */
    public void wire(String relayName, String text) {
        record(Kind.WIRE, relayName, "", "", text);
    }

    /** All events so far, in order; a snapshot that later recording does not change. */
    public List<Event> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    /** Ids of this kind at this place so far, in order, with repetitions; made for waiting on. */
    public List<String> ids(Kind kind, String place) {
        Objects.requireNonNull(place, "place");
        synchronized (lock) {
            return events.stream()
                    .filter(event -> event.kind() == kind && event.place().equals(place))
                    .map(Event::messageId)
                    .toList();
        }
    }

    /** The last {@value #LINES} events as text, one a line. */
    public String render() {
        return render(LINES);
    }

    /** The last events as text, one a line; says how many were left out. */
    public String render(int lastLines) {
        return Timeline.of(events(), lastLines);
    }

    /** The story of one message, faults included, in the form of {@link #render()}. */
    public String renderMessage(String messageId) {
        List<Event> story = events().stream()
                .filter(event -> event.messageId().equals(messageId) || event.kind() == Kind.FAULT)
                .toList();
        return Timeline.of(story, LINES);
    }
}
