package mqworkbook.peakshaving;

import java.util.function.LongSupplier;

/**
 * Lets through what the rest can bear: after a quiet time a burst, and from then on so many a second. In memory, so that
 * turning somebody away costs nothing. Many threads use one bucket.
 */
public final class TokenBucket {

    private static final long SECOND = 1_000_000_000L;

    private final long perSecond;
    private final long full;
    private final LongSupplier nanoTime;

    // Counted in billionths: in a nanosecond exactly perSecond of them come in, and no fraction is ever lost.
    private long filled;
    private long lastLook;

    /**
     * A full bucket.
     *
     * @param burst how many tokens it holds
     * @param perSecond how many come in each second, evenly
     * @param nanoTime the time as of {@link System#nanoTime()}: any number, from which only differences mean something
     */
    public TokenBucket(int burst, int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.full = burst * SECOND;
        this.nanoTime = nanoTime;
        this.filled = full;
        this.lastLook = nanoTime.getAsLong();
    }

    /** Takes a token, if there is one. Never waits. */
    public synchronized boolean tryAcquire() {
        refill(nanoTime.getAsLong());
        if (filled < SECOND) {
            return false;
        }
        filled -= SECOND;
        return true;
    }

    private void refill(long now) {
        long elapsed = now - lastLook;
        if (elapsed <= 0) {
            // Another thread has read a later time and was quicker.
            return;
        }
        lastLook = now;
        // Compared before it is multiplied: a night's worth of tokens does not fit into a long.
        filled = elapsed > (full - filled) / perSecond ? full : filled + elapsed * perSecond;
    }
}
