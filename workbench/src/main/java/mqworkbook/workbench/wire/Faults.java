package mqworkbook.workbench.wire;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What is wrong with a relay at the moment: read by all its threads, cheaply while all is well. Never calls out with
 * its monitor held.
 */
final class Faults {

    private final Consumer<Throwable> failures;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Set<Direction> stalled = ConcurrentHashMap.newKeySet();
    private final Map<Direction, Long> latencies = new ConcurrentHashMap<>();
    private volatile boolean refusing;
    private volatile boolean losingReplies;

    Faults(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    void refuse() {
        refusing = true;
    }

    boolean isRefusing() {
        return refusing;
    }

    void stall(Direction direction) {
        stalled.add(direction);
    }

    boolean isStalled(Direction direction) {
        return stalled.contains(direction);
    }

    void resume(Direction direction) {
        stalled.remove(direction);
    }

    void latency(Direction direction, Duration delay) {
        latencies.put(direction, delay.toNanos());
    }

    long latencyNanos(Direction direction) {
        return latencies.isEmpty() ? 0 : latencies.getOrDefault(direction, 0L);
    }

    synchronized void loseReplies() {
        losingReplies = true;
    }

    /** Ends every fault and rule and lets go whatever waits. */
    synchronized void heal() {
        refusing = false;
        losingReplies = false;
        stalled.clear();
        latencies.clear();
        rules.forEach(Rule::cancel);
    }

    void arm(Rule rule) {
        rules.add(rule);
    }

    void disarm(Rule rule) {
        rules.remove(rule);
    }

    /** Keeps the failure of a rule's predicate. */
    void failed(Throwable e) {
        failures.accept(e);
    }

    /** What is to happen to a message that has just arrived. */
    Ruling judge(RelayedConnection connection, WireMessage message) throws ConnectionEndedException {
        if (message.direction() == Direction.TO_CLIENT && losesReply(connection)) {
            return Ruling.DROP;
        }
        for (Rule rule : rules) {
            Ruling ruling = rule.judge(message);
            if (ruling != null) {
                return ruling;
            }
        }
        return Ruling.PASS;
    }

    /** Decided under the monitor, so that {@link #heal} misses no connection that has lost something. */
    private boolean losesReply(RelayedConnection connection) throws ConnectionEndedException {
        if (!losingReplies && !connection.isTorn()) {
            return false;
        }
        synchronized (this) {
            if (losingReplies) {
                connection.tear();
                return true;
            }
        }
        throw new ConnectionEndedException();
    }
}
