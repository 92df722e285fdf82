package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Reads from a socket and hands each chunk on one latency after its arrival: delayed, not throttled, since later chunks
 * are taken in while the first still waits. One thread; without latency it is a plain read.
 */
final class DelayLine {

    /** Beyond this many waiting bytes the sender feels it: nothing more is read until some are due. */
    private static final long MOST_WAITING = 4 << 20;

    /** A changed latency takes effect within this time. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Socket socket;
    private final InputStream in;
    private final LongSupplier latencyNanos;
    private final BooleanSupplier open;
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean ended;
    private boolean timed;

    DelayLine(Socket socket, LongSupplier latencyNanos, BooleanSupplier open) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.latencyNanos = latencyNanos;
        this.open = open;
    }

    /** The next bytes that are due, -1 at the end of the stream. Each buffer must be as long as the first. */
    int read(byte[] buffer) throws IOException {
        while (true) {
            if (waiting.isEmpty()) {
                if (ended) {
                    return -1;
                }
                int read = readWithin(0, buffer);
                if (read < 0 || latencyNanos.getAsLong() == 0) {
                    return read;
                }
                add(buffer, read);
            }
            long left = waiting.peek().arrived + latencyNanos.getAsLong() - System.nanoTime();
            if (left <= 0) {
                return take(buffer);
            }
            takeInWithin(Math.min(left, SLICE_NANOS), buffer);
        }
    }

    /** Waits a moment for bytes that may arrive, and keeps them; what is to be read first is held elsewhere. */
    void takeIn(byte[] buffer) throws IOException {
        takeInWithin(SLICE_NANOS, buffer);
    }

    /** Whether the stream is known to end with what has arrived. */
    boolean hasEnded() {
        return ended;
    }

    private void takeInWithin(long nanos, byte[] buffer) throws IOException {
        if (!open.getAsBoolean()) {
            throw new ConnectionEndedException();
        }
        if (ended || waitingBytes >= MOST_WAITING) {
            LockSupport.parkNanos(nanos);
            return;
        }
        try {
            int read = readWithin((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), buffer);
            if (read < 0) {
                ended = true;
            } else {
                add(buffer, read);
            }
        } catch (SocketTimeoutException e) {
            // Nothing arrived: the first waiting chunk may be due by now.
        }
    }

    private int readWithin(int millis, byte[] buffer) throws IOException {
        if (millis > 0 || timed) {
            socket.setSoTimeout(millis);
            timed = millis > 0;
        }
        return in.read(buffer);
    }

    private void add(byte[] bytes, int length) {
        waiting.add(new Chunk(System.nanoTime(), Arrays.copyOf(bytes, length)));
        waitingBytes += length;
    }

    private int take(byte[] buffer) {
        byte[] bytes = waiting.remove().bytes;
        waitingBytes -= bytes.length;
        System.arraycopy(bytes, 0, buffer, 0, bytes.length);
        return bytes.length;
    }

    private record Chunk(long arrived, byte[] bytes) {}
}
