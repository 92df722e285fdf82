// Alternative: the bucket is an immutable state that is replaced by compare-and-set. Nobody ever waits for a lock,
// also when hundreds of threads are at the gate; floating point is exact enough for so few tokens.
package mqworkbook.peakshaving;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Lets through what the rest can bear: after a quiet time a burst, and from then on so many a second. In memory, so that
 * turning somebody away costs nothing. Many threads use one bucket.
 */
public final class TokenBucket {

    private static final double SECOND = 1e9;

    private record State(double tokens, long lastLook) {}

    private final int burst;
    private final int perSecond;
    private final LongSupplier nanoTime;
    private final AtomicReference<State> state;

    /**
     * A full bucket.
     *
     * @param burst how many tokens it holds
     * @param perSecond how many come in each second, evenly
     * @param nanoTime the time as of {@link System#nanoTime()}: any number, from which only differences mean something
     */
    public TokenBucket(int burst, int perSecond, LongSupplier nanoTime) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.state = new AtomicReference<>(new State(burst, nanoTime.getAsLong()));
    }

    /** Takes a token, if there is one. Never waits. */
    public boolean tryAcquire() {
        long now = nanoTime.getAsLong();
        while (true) {
            State before = state.get();
            long elapsed = Math.max(0, now - before.lastLook());
            double tokens = Math.min(burst, before.tokens() + elapsed / SECOND * perSecond);
            // A sum of fractions may end a hair's breadth below the whole.
            if (tokens < 1 - 1e-9) {
                return false;
            }
            if (state.compareAndSet(before, new State(Math.max(0, tokens - 1), before.lastLook() + elapsed))) {
                return true;
            }
        }
    }
}
