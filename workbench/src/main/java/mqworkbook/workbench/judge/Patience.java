package mqworkbook.workbench.judge;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Stretches limits while the machine is busy: what is slow there is not wrong. A machine with at most two programs for each
 * core waits no longer than was asked for, so that on it a learner's hang surfaces as soon as it can.
 */
final class Patience {

    /** Brokers and a test's threads are that many by themselves. */
    private static final double USUAL_LOAD = 2;

    private static final long MOST = 4;

    private Patience() {}

    /** The limit, or up to four times of it, by the system's load of the last minute; unchanged where none is known. */
    static Duration stretched(Duration limit) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return stretched(limit, load / Runtime.getRuntime().availableProcessors());
    }

    static Duration stretched(Duration limit, double loadOfCore) {
        return limit.multipliedBy(Math.min(MOST, Math.max(1, Math.round(loadOfCore / USUAL_LOAD))));
    }
}
