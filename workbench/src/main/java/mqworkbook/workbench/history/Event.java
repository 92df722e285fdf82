package mqworkbook.workbench.history;

import java.util.Objects;

/**
 * One thing that happened. Text that is missing is empty, never {@code null}.
 *
 * @param sequence number within its history, from 1, without gaps
 * @param nanos nanoseconds since the history began; never less than that of the event before
 * @param kind what happened
 * @param actor who did it or saw it: a publisher, a subscriber, a relay
 * @param messageId the business id ("E-17"), the same on every retry; empty where no message is concerned
 * @param place the queue or subscriber concerned; empty on the publisher's side
 * @param detail a cause, a description, a decoded protocol message
 */
public record Event(long sequence, long nanos, Kind kind, String actor, String messageId, String place, String detail) {

    /** Turns missing text into empty text. */
    public Event {
        Objects.requireNonNull(kind, "kind");
        actor = Objects.requireNonNullElse(actor, "");
        messageId = Objects.requireNonNullElse(messageId, "");
        place = Objects.requireNonNullElse(place, "");
        detail = Objects.requireNonNullElse(detail, "");
    }
}
