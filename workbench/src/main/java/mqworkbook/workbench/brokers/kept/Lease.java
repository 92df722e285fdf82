package mqworkbook.workbench.brokers.kept;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Who has the kept brokers: one run at a time, since lessons restart them. Safe for several threads. */
final class Lease {

    private final LongSupplier nanoTime;
    private Object holder;
    private String pid = "";
    private long lastUse;

    Lease(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        used();
    }

    /** Takes it, or says which process has it. */
    synchronized Optional<String> take(Object taker, String process) {
        if (holder != null && holder != taker) {
            return Optional.of(pid);
        }
        holder = taker;
        pid = process;
        used();
        return Optional.empty();
    }

    synchronized boolean isHeldBy(Object taker) {
        return holder == taker;
    }

    synchronized void giveBack(Object taker) {
        if (holder == taker) {
            holder = null;
            pid = "";
            used();
        }
    }

    /** The process that has it; empty when nobody has. */
    synchronized String holder() {
        return pid;
    }

    final synchronized void used() {
        lastUse = nanoTime.getAsLong();
    }

    /** Whether nobody has it, or asked for anything, for that long. */
    synchronized boolean isIdleFor(Duration time) {
        return holder == null
                && Duration.ofNanos(nanoTime.getAsLong() - lastUse).compareTo(time) >= 0;
    }
}
