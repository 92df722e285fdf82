package mqworkbook.workbench.story;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.history.History;
import mqworkbook.workbench.wire.WireEvent;

/** What one fixture sees while it is open: its history, and what passes on the wires to its broker. Any thread may add. */
public final class Recording {

    /** Beyond this a run is a load test, and nobody reads its messages one by one. */
    private static final int MOST = 100_000;

    private final String prefix;
    private final BrokerKind broker;
    private final History history;
    private final List<WireEvent> wire = new ArrayList<>();
    private Long closed;

    Recording(String prefix, BrokerKind broker, History history) {
        this.prefix = prefix;
        this.broker = broker;
        this.history = history;
    }

    /** Tells fixtures apart: what everything begins with that its test declares. */
    public String prefix() {
        return prefix;
    }

    public History history() {
        return history;
    }

    BrokerKind broker() {
        return broker;
    }

    /** Something has happened on a wire. */
    public synchronized void add(WireEvent event) {
        if (wire.size() < MOST) {
            wire.add(event);
        }
    }

    /** The fixture is closed; what is added from here on is no part of a test. */
    public synchronized void close() {
        closed = System.nanoTime();
    }

    synchronized List<WireEvent> wire() {
        return List.copyOf(wire);
    }

    /** Keeps the history, and no longer what it was made of. */
    synchronized void forgetWire() {
        wire.clear();
    }

    synchronized boolean isOpen() {
        return closed == null;
    }

    synchronized boolean isClosedSince(long nanoTime) {
        return closed != null && closed - nanoTime >= 0;
    }
}
