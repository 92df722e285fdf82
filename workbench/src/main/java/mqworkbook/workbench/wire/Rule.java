package mqworkbook.workbench.wire;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An armed intercept. Rules are asked in the order in which they were armed; the first that acts on a message ends the
 * asking, so later rules neither see nor count that message.
 */
public final class Rule {

    private final Faults faults;
    private final Direction direction;
    private final Predicate<WireMessage> which;
    private final int nth;
    private final boolean repeated;
    private final Ruling ruling;
    private final BlockingQueue<WireMessage> hits = new LinkedBlockingQueue<>();

    private long seen;
    private long matches;
    private volatile boolean cancelled;
    private volatile Throwable failure;

    Rule(
            Faults faults,
            Direction direction,
            Predicate<WireMessage> which,
            int nth,
            boolean repeated,
            Ruling.Action action) {
        this.faults = faults;
        this.direction = direction;
        this.which = which;
        this.nth = nth;
        this.repeated = repeated;
        this.ruling = new Ruling(action, this);
    }

    /**
     * Waits until the rule has acted, with its effect complete: the message dropped, held, or the connection cut. Each
     * call takes the next hit, so a repeated rule can be followed hit by hit.
     *
     * @return the message that hit the rule
     * @throws AssertionError when nothing hit it in time, or when its predicate has thrown
     */
    public WireMessage awaitHit(Duration atMost) {
        try {
            WireMessage hit = hits.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (hit == null) {
                throw new AssertionError(this + " was not hit within " + atMost.toMillis() + " ms", failure);
            }
            return hit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + this, e);
        }
    }

    /** Disarms the rule; what it holds goes on. */
    public void cancel() {
        cancelled = true;
        faults.disarm(this);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** The ruling on this message, or {@code null} when the rule leaves it alone. */
    Ruling judge(WireMessage message) {
        if (cancelled || message.direction() != direction) {
            return null;
        }
        boolean match = matches(message);
        synchronized (this) {
            seen++;
            if (!match) {
                return null;
            }
            matches++;
            return matches == nth || (repeated && matches > nth) ? ruling : null;
        }
    }

    /** A throwing predicate is no match; the failure is kept and told by {@link #awaitHit} and {@link Relay#close}. */
    private boolean matches(WireMessage message) {
        try {
            return which.test(message);
        } catch (RuntimeException | Error e) {
            failure = e;
            faults.failed(e);
            return false;
        }
    }

    /** The rule has acted on this message. */
    void hit(WireMessage message) {
        if (ruling.action() != Ruling.Action.STALL) {
            spent();
        }
        hits.add(message);
    }

    /** A rule that acts once has done so; one that holds a message stays armed until it has let go. */
    void spent() {
        if (!repeated) {
            faults.disarm(this);
        }
    }

    @Override
    public synchronized String toString() {
        return "Rule " + ruling.action() + (repeated ? " every match from " : " match ") + nth + " " + direction + " ("
                + seen + " messages seen, " + matches + " matched)";
    }
}
