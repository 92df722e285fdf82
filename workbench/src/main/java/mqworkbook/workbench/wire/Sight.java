package mqworkbook.workbench.wire;

import java.util.function.Consumer;

/**
 * Numbers the events of a relay and tells them, one at a time and in order. Whether a connection is open is decided
 * under the same lock, so nothing is told of a connection after its end. A consumer that throws does not disturb the
 * relay; its first failure is kept.
 */
final class Sight {

    private final String relay;
    private final Consumer<WireEvent> consumer;
    private long sequence;
    private volatile Throwable failure;

    Sight(String relay, Consumer<WireEvent> consumer) {
        this.relay = relay;
        this.consumer = consumer;
    }

    /** Tells of a message; false, and not told, when its connection has ended. */
    synchronized boolean passage(RelayedConnection connection, WireMessage message, WireEvent.Disposition disposition) {
        if (!connection.isOpen()) {
            return false;
        }
        tell(new WireEvent.Passage(++sequence, System.nanoTime(), relay, message, disposition));
        return true;
    }

    /** Tells that a connection is open; false, and not told, when it has ended meanwhile. */
    synchronized boolean opened(RelayedConnection connection) {
        if (!connection.isOpen()) {
            return false;
        }
        change(connection, WireEvent.Change.OPENED, "");
        return true;
    }

    /** Ends a connection and tells how; false, and not told, when it has ended before. */
    synchronized boolean ended(RelayedConnection connection, WireEvent.Change how, String reason) {
        if (!connection.markEnded()) {
            return false;
        }
        change(connection, how, reason);
        return true;
    }

    synchronized void fault(String fault) {
        tell(new WireEvent.Fault(++sequence, System.nanoTime(), relay, fault));
    }

    private void change(RelayedConnection connection, WireEvent.Change change, String reason) {
        tell(new WireEvent.Connection(++sequence, System.nanoTime(), relay, connection.number(), change, reason));
    }

    private void tell(WireEvent event) {
        try {
            consumer.accept(event);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Keeps the first failure of code that the relay was given: the consumer, a predicate, a protocol. */
    void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    Throwable failure() {
        return failure;
    }
}
