package mqworkbook.workbench.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/** Carries one direction of one connection: reads, has the bytes cut into messages, and does to each what is ruled. */
final class Pump implements Splitter.Sink {

    private static final int CHUNK = 64 << 10;

    private final RelayedConnection connection;
    private final Direction direction;
    private final Faults faults;
    private final Sight sight;
    private final Splitter splitter;
    private final DelayLine source;
    private final OutputStream destination;
    private boolean writing;

    Pump(
            RelayedConnection connection,
            Direction direction,
            Socket source,
            Socket destination,
            Protocol.Conversation conversation,
            Faults faults,
            Sight sight)
            throws IOException {
        this.connection = connection;
        this.direction = direction;
        this.faults = faults;
        this.sight = sight;
        this.splitter = conversation.splitter(direction);
        this.source = new DelayLine(source, () -> faults.latencyNanos(direction), connection::isOpen);
        this.destination = new BufferedOutputStream(destination.getOutputStream(), CHUNK);
    }

    /** Runs until the source ends, or the connection does. */
    void run() {
        try {
            byte[] chunk = new byte[CHUNK];
            for (int length = source.read(chunk); length >= 0; length = source.read(chunk)) {
                splitter.feed(chunk, 0, length, this);
                flush();
            }
            splitter.end(this);
            flush();
            connection.sourceEnded(direction);
        } catch (ConnectionEndedException e) {
            connection.drain(direction);
        } catch (IOException e) {
            connection.failed(direction, writing, e);
        } catch (RuntimeException | Error e) {
            sight.failed(e);
            connection.cut("the relay failed: " + e);
        }
    }

    @Override
    public void accept(Unit unit, byte[] bytes, int offset, int length, boolean last) throws IOException {
        WireMessage message = unit.message();
        if (!connection.isOpen()) {
            throw new ConnectionEndedException();
        }
        if (faults.isStalled(direction)) {
            hold(message, () -> {}, () -> faults.isStalled(direction));
        }
        if (unit.ruling == null) {
            unit.ruling = faults.judge(connection, message);
            enforce(unit);
        }
        if (unit.ruling.action() == Ruling.Action.DROP) {
            if (last) {
                tell(message, WireEvent.Disposition.DROPPED);
                unit.ruling.done(message);
            }
            return;
        }
        if (last) {
            tell(message, WireEvent.Disposition.PASSED);
        }
        if (last && unit.ruling.action() == Ruling.Action.CUT_AFTER) {
            connection.cutAfter(direction, message.name(), () -> {
                write(bytes, offset, length);
                flush();
            });
            unit.ruling.done(message);
            throw new ConnectionEndedException();
        }
        write(bytes, offset, length);
    }

    /** What has to happen before the first byte of the unit goes on. */
    private void enforce(Unit unit) throws IOException {
        WireMessage message = unit.message();
        Ruling ruling = unit.ruling;
        if (ruling.action() == Ruling.Action.CUT_BEFORE) {
            flush();
            tell(message, WireEvent.Disposition.DROPPED);
            connection.cut("before " + message.name());
            ruling.done(message);
            throw new ConnectionEndedException();
        }
        if (ruling.action() == Ruling.Action.DROP && unit.isVital()) {
            unit.dropped();
            connection.mute();
        }
        if (ruling.action() == Ruling.Action.STALL) {
            hold(message, () -> ruling.done(message), () -> !ruling.rule().isCancelled());
            ruling.rule().spent();
        }
    }

    /** Reads on meanwhile, as far as there is room: a client that leaves must be noticed. */
    private void hold(WireMessage message, Runnable whenHeld, BooleanSupplier held) throws IOException {
        flush();
        tell(message, WireEvent.Disposition.HELD);
        whenHeld.run();
        byte[] spare = new byte[CHUNK];
        while (held.getAsBoolean() && connection.isOpen()) {
            source.takeIn(spare);
            if (connection.isLeftByClient() || (direction == Direction.TO_BROKER && source.hasEnded())) {
                connection.abandon();
            }
        }
        if (!connection.isOpen()) {
            throw new ConnectionEndedException();
        }
    }

    private void tell(WireMessage message, WireEvent.Disposition disposition) throws ConnectionEndedException {
        if (!sight.passage(connection, message, disposition)) {
            throw new ConnectionEndedException();
        }
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        writing = true;
        destination.write(bytes, offset, length);
        writing = false;
    }

    private void flush() throws IOException {
        writing = true;
        destination.flush();
        writing = false;
    }
}
