package mqworkbook.peakshaving;

import java.util.function.LongSupplier;
import mqworkbook.workbench.judge.Todo;

/**
 * Lets through what the rest can bear: after a quiet time a burst, and from then on so many a second. In memory, so that
 * turning somebody away costs nothing. Many threads use one bucket.
 */
public final class TokenBucket {

    private final int burst;
    private final int perSecond;
    private final LongSupplier nanoTime;

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
    }

    /** Takes a token, if there is one. Never waits. */
    public boolean tryAcquire() {
        throw new Todo(2, "Add what has come in since the last look, then take a token if there is one.");
    }
}
