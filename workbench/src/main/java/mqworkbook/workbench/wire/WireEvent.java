package mqworkbook.workbench.wire;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One thing that happened on a relay. Events of one relay are told one at a time, in the order of their sequence
 * numbers; a message is told before its last byte goes on, so a reply is never told before its request.
 */
public sealed interface WireEvent {

    /** Number within the relay, from 1, without gaps. */
    long sequence();

    /** When it happened, by {@link System#nanoTime()}: comparable between relays of one JVM. */
    long nanos();

    /** Name of the relay: who connects through it. */
    String relay();

    /** A message arrived at the relay, and what became of it. A message that is held is told again once it passes. */
    record Passage(long sequence, long nanos, String relay, WireMessage message, Disposition disposition)
            implements WireEvent {

        /** {@code #1 -> basic.publish channel=1 body-size=5 routing-key=orders}; the relay is for the reader to add. */
        @Override
        public String toString() {
            String arrow = message.direction() == Direction.TO_BROKER ? " -> " : " <- ";
            String channel = message.channel() == 0 ? "" : " channel=" + message.channel();
            String fate = disposition == Disposition.PASSED ? "" : " " + disposition;
            return "#" + message.connection() + arrow + message.name() + fate + channel + fields();
        }

        /** Without what is empty or false: at its resting value an argument is noise. Nor the body: it may be long. */
        private String fields() {
            return message.fields().entrySet().stream()
                    .filter(field -> !RESTING.contains(field.getValue()))
                    .filter(field -> !field.getKey().equals("body"))
                    .map(field -> " " + field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining());
        }

        private static final Set<Object> RESTING = Set.of("", false, Map.of());
    }

    /**
     * A client connection changed.
     *
     * @param connection its number within the relay, from 1, as in {@link WireMessage#connection()}
     * @param reason why, for people to read; may be empty
     */
    record Connection(long sequence, long nanos, String relay, long connection, Change change, String reason)
            implements WireEvent {

        /** {@code #1 CUT before basic.ack}. */
        @Override
        public String toString() {
            return "#" + connection + " " + change + (reason.isEmpty() ? "" : " " + reason);
        }
    }

    /** A fault was set or healed on the relay as a whole, for instance {@code stall TO_CLIENT} or {@code heal}. */
    record Fault(long sequence, long nanos, String relay, String fault) implements WireEvent {

        @Override
        public String toString() {
            return fault;
        }
    }

    /** What became of a message. */
    enum Disposition {
        /** Handed on whole. A cut that follows at once may still overtake it, as on any network. */
        PASSED,
        /** Waits in the relay, with all that follows it in its direction of its connection. */
        HELD,
        /** Never reaches its receiver: swallowed, or the connection was cut before it. */
        DROPPED
    }

    /** What happened to a connection: refused at once, or opened and then ended in exactly one of the other ways. */
    enum Change {
        /** Connected to the broker; bytes may pass. */
        OPENED,
        /** Reset by the relay before anything else, because the relay refuses connections. */
        REFUSED,
        /** Reset by the relay because the broker could not be reached. */
        UNREACHABLE,
        /** Reset by the relay: a cut. */
        CUT,
        /** Ended in good order by both sides, the client first. */
        CLOSED_BY_CLIENT,
        /** Ended in good order by both sides, the broker first. */
        CLOSED_BY_BROKER,
        /** The client vanished without a proper end; the relay has reset the broker's side likewise. */
        RESET_BY_CLIENT,
        /** The broker vanished without a proper end; the relay has reset the client's side likewise. */
        RESET_BY_BROKER
    }
}
