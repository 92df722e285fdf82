package mqworkbook.workbench.brokers.rocketmq;

import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Shortens what RocketMQ's client does every 20 seconds by default. It reads these system properties when its classes
 * are loaded (RocketMQ 5.5.0, {@code RebalanceService} and {@code ProcessQueue}), so they are set before any test, by
 * JUnit's launcher: in the build, in an IDE and on the command line alike. A property that is set already stays.
 *
 * <ul>
 *   <li>{@code rebalance.waitInterval} 1 s (20 s): how soon a consumer takes over queues of one that crashed, or finds
 *       those of a new topic. {@code rebalance.minInterval} 0.2 s (1 s): the pause before it tries again.
 *   <li>{@code rebalance.lockInterval} 0.5 s (20 s): how often an orderly consumer renews its locks on queues, and tries
 *       again where it got none.
 *   <li>{@code rebalance.lockMaxLiveTime} 2 s (30 s): how long it believes in a lock that it could not renew; shorter
 *       than the broker does, so that two never hold the same. A broker of the workbook grants 3 s (60 s).
 * </ul>
 *
 * <p>The client's {@code unlockDelayTimeMills} stays at 20 s: shorter, a queue would change hands under a slow listener.
 */
public final class ClientTimes implements LauncherSessionListener {

    private static final Map<String, Integer> MILLIS = Map.of(
            "rocketmq.client.rebalance.waitInterval", 1_000,
            "rocketmq.client.rebalance.minInterval", 200,
            "rocketmq.client.rebalance.lockInterval", 500,
            "rocketmq.client.rebalance.lockMaxLiveTime", 2_000);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        shorten();
    }

    /** For a JVM that runs no tests. */
    public static void shorten() {
        MILLIS.forEach((property, millis) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, millis.toString());
            }
        });
    }
}
