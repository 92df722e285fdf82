package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A TCP relay on a loopback port of its own, between one client and its broker. Bytes pass untouched and in order until
 * a fault or a rule says otherwise; faults act on message boundaries of the {@link Protocol}. The port stays the same
 * while the broker behind it goes, comes back, or moves. Where brokers tell clients whom to connect to (Kafka, RocketMQ),
 * the protocol puts further ports of the relay in the place of these addresses, and faults and rules hold for them all.
 * All methods may be called from any thread.
 */
public final class Relay implements AutoCloseable {

    private final String name;
    private final Sight sight;
    private final Faults faults;
    private final Switchboard switchboard;

    private Relay(String name, Supplier<InetSocketAddress> target, Protocol protocol, Consumer<WireEvent> sight)
            throws IOException {
        this.name = Objects.requireNonNull(name, "name");
        this.sight = new Sight(name, Objects.requireNonNull(sight, "sight"));
        this.faults = new Faults(this.sight::failed);
        this.switchboard = new Switchboard(
                Objects.requireNonNull(target, "target"),
                Objects.requireNonNull(protocol, "protocol"),
                faults,
                this.sight,
                new RelayThreads("relay " + name));
    }

    /**
     * Opens a relay on a free loopback port.
     *
     * @param name who connects through it, for instance {@code publisher}; names its threads and events
     * @param target where the broker is; asked anew for each connection, and may throw while the broker is down
     * @param protocol how to cut bytes into messages
     * @param sight told of every event on the relay's threads, one at a time and in order; forwarding waits for it, so it
     *     must be quick and must not wait for anything. A failure of it is thrown by {@link #close()}
     * @throws UncheckedIOException when no port can be had
     */
    public static Relay open(
            String name, Supplier<InetSocketAddress> target, Protocol protocol, Consumer<WireEvent> sight) {
        try {
            Relay relay = new Relay(name, target, protocol, sight);
            relay.switchboard.start();
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("No loopback port for relay " + name, e);
        }
    }

    public String name() {
        return name;
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return switchboard.address();
    }

    /** Resets every open connection, both sides, at once. New connections are accepted. */
    public void cut() {
        sight.fault("cut");
        switchboard.cutAll("cut");
    }

    /** Cuts, and resets every new connection until {@link #heal()}. A client sees it connect and break at once. */
    public void refuse() {
        faults.refuse();
        sight.fault("refuse");
        switchboard.cutAll("refuse");
    }

    /**
     * Bytes of that direction wait, on present and new connections, until {@link #resume} or {@link #heal()}. Only the
     * first of the messages that wait on a connection is told as held.
     */
    public void stall(Direction direction) {
        faults.stall(direction);
        sight.fault("stall " + direction);
    }

    /** Ends a {@link #stall}; what waited goes on, in order. */
    public void resume(Direction direction) {
        sight.fault("resume " + direction);
        faults.resume(direction);
    }

    /**
     * Requests are delivered and their replies swallowed, until {@link #heal()}. A message already half handed on is
     * completed. Healing cuts the connections that have lost something.
     */
    public void loseReplies() {
        faults.loseReplies();
        sight.fault("lose replies");
    }

    /** Bytes of that direction arrive that much later than they would; their rate stays the same. Zero ends it. */
    public void latency(Direction direction, Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("Negative latency: " + delay);
        }
        faults.latency(direction, delay);
        sight.fault("latency " + direction + " " + delay.toMillis() + " ms");
    }

    /**
     * Undoes every fault and rule. What was held goes on; connections that lost replies are cut, and those that have lost
     * a message without which their protocol cannot go on.
     */
    public void heal() {
        sight.fault("heal");
        faults.heal();
        switchboard.cutTorn("heal after lost replies");
    }

    /** Begins a rule for messages of one direction; it takes effect when its action is named. */
    public Intercept on(Direction direction, Predicate<WireMessage> which) {
        return new Intercept(faults, direction, which);
    }

    /** Number of client connections that are open now, without those whose client has left while something is held. */
    public int openConnections() {
        return switchboard.open();
    }

    /** Number of client connections ever accepted, without those refused. */
    public long acceptedConnections() {
        return switchboard.admitted();
    }

    /**
     * Cuts everything, frees the port and ends the relay's threads, within five seconds. Closing again changes nothing.
     *
     * @throws IllegalStateException when the sight, a rule's predicate or the protocol has failed, or a thread does not end
     */
    @Override
    public void close() {
        switchboard.close();
        if (sight.failure() != null) {
            throw new IllegalStateException("What was given to relay " + name + " has failed", sight.failure());
        }
    }
}
