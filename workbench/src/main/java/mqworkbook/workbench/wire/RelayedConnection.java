package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One client connection and the broker connection made for it. */
final class RelayedConnection {

    private final long number;
    private final Socket client;
    private final Socket broker = new Socket();
    private final Set<RelayedConnection> registry;
    private final Faults faults;
    private final Sight sight;
    private final AtomicInteger pumping = new AtomicInteger(2);
    private volatile WireEvent.Change firstEnd;
    private volatile boolean ended;
    private volatile boolean torn;
    private volatile boolean mute;
    private volatile boolean abandoned;

    /** Enters itself into the registry, and leaves it when its sockets are closed and its threads done. */
    RelayedConnection(long number, Socket client, Set<RelayedConnection> registry, Faults faults, Sight sight) {
        this.number = number;
        this.client = client;
        this.registry = registry;
        this.faults = faults;
        this.sight = sight;
        registry.add(this);
    }

    long number() {
        return number;
    }

    boolean isOpen() {
        return !ended;
    }

    /** Open, and its client has not left while something is held. */
    boolean isInUse() {
        return !ended && !abandoned;
    }

    /** Called by {@link Sight} only, under its lock. */
    boolean markEnded() {
        if (ended) {
            return false;
        }
        ended = true;
        return true;
    }

    /** It has lost a reply: its stream is of no use to the client any more. */
    void tear() {
        torn = true;
    }

    boolean isTorn() {
        return torn;
    }

    /** Its client waits for something that was dropped, and will make no sense of what comes after. */
    void mute() {
        mute = true;
    }

    boolean isMute() {
        return mute;
    }

    /** The client has left, and what it sent or was to get is still held. */
    void abandon() {
        abandoned = true;
    }

    boolean isLeftByClient() {
        return firstEnd == WireEvent.Change.CLOSED_BY_CLIENT;
    }

    /** Connects to the broker and carries bytes both ways, this direction on the calling thread. */
    void run(Supplier<InetSocketAddress> target, Protocol.Conversation conversation, Consumer<Runnable> otherThread) {
        Pump toBroker;
        Pump toClient;
        try {
            client.setTcpNoDelay(true);
            Sockets.connect(broker, target.get());
            toBroker = new Pump(this, Direction.TO_BROKER, client, broker, conversation, faults, sight);
            toClient = new Pump(this, Direction.TO_CLIENT, broker, client, conversation, faults, sight);
        } catch (IOException | RuntimeException e) {
            reset(WireEvent.Change.UNREACHABLE, e.toString());
            registry.remove(this);
            return;
        }
        if (!sight.opened(this)) {
            registry.remove(this);
            return;
        }
        otherThread.accept(() -> pump(toClient));
        pump(toBroker);
    }

    private void pump(Pump pump) {
        pump.run();
        if (pumping.decrementAndGet() == 0) {
            sight.ended(this, firstEnd, "");
            Sockets.close(client);
            Sockets.close(broker);
            registry.remove(this);
        }
    }

    /** The source of this direction has closed in good order: tell the other side so, and let it finish. */
    void sourceEnded(Direction direction) {
        synchronized (this) {
            if (firstEnd == null) {
                firstEnd = direction == Direction.TO_BROKER
                        ? WireEvent.Change.CLOSED_BY_CLIENT
                        : WireEvent.Change.CLOSED_BY_BROKER;
            }
        }
        Sockets.endOutput(destination(direction));
    }

    /** Reading or writing has failed: one side is gone, and the other is to see the same. */
    void failed(Direction direction, boolean writing, IOException e) {
        boolean brokerIsGone = (direction == Direction.TO_BROKER) == writing;
        boolean first = reset(
                brokerIsGone ? WireEvent.Change.RESET_BY_BROKER : WireEvent.Change.RESET_BY_CLIENT,
                String.valueOf(e.getMessage()));
        if (!first) {
            drain(direction);
        }
    }

    void refuse() {
        reset(WireEvent.Change.REFUSED, "");
        registry.remove(this);
    }

    /** Resets both sides at once. Nothing happens when the connection has ended before. */
    void cut(String reason) {
        reset(WireEvent.Change.CUT, reason);
    }

    /** Cuts, or stops waiting for the receiver of a last message; what the system has taken for it is still sent. */
    void close() {
        cut("relay closed");
        Sockets.close(client);
        Sockets.close(broker);
    }

    /** Ends the connection this way with a reset of both sides; false when it had ended before. */
    private boolean reset(WireEvent.Change how, String reason) {
        boolean first = sight.ended(this, how, reason);
        if (first) {
            Sockets.abort(client);
            Sockets.abort(broker);
        }
        return first;
    }

    /**
     * Cuts once these bytes are sent: their source is reset, their destination sees the stream end. The connection counts
     * as ended before, so that the other direction hands on no answer to them.
     */
    void cutAfter(Direction direction, String message, LastBytes bytes) throws IOException {
        if (!sight.ended(this, WireEvent.Change.CUT, "after " + message)) {
            throw new ConnectionEndedException();
        }
        try {
            bytes.send();
        } finally {
            Sockets.abort(source(direction));
            Sockets.endOutput(destination(direction));
        }
    }

    /**
     * Reads and forgets what the source still sends until it closes. After {@link #cutAfter} the receiver of the message
     * must not meet a reset, which unread bytes would cause; after any other end this returns at once.
     */
    void drain(Direction direction) {
        try {
            Socket source = source(direction);
            source.setSoTimeout(0);
            source.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Closed by the cut, or reset by the peer: nothing is left to read.
        }
    }

    private Socket source(Direction direction) {
        return direction == Direction.TO_BROKER ? client : broker;
    }

    private Socket destination(Direction direction) {
        return direction == Direction.TO_BROKER ? broker : client;
    }

    /** The end of a message that is the last. */
    interface LastBytes {
        void send() throws IOException;
    }
}
