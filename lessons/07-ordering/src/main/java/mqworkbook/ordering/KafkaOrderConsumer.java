package mqworkbook.ordering;

import java.time.Duration;
import java.util.Map;
import mqworkbook.ordering.shop.OrderLedger;
import mqworkbook.workbench.judge.Todo;

/** Takes changes from their partitions into the ledger, each order in its sequence. Has one thread. */
public final class KafkaOrderConsumer implements AutoCloseable {

    /**
     * A consumer that does nothing yet.
     *
     * @param kafka settings of any consumer: where Kafka is, and how to log in
     * @param group whose members share the partitions
     * @param ledger what the changes are applied to
     * @param pause how long to wait after a failure
     */
    public KafkaOrderConsumer(
            Map<String, Object> kafka, String group, String topic, OrderLedger ledger, Duration pause) {
        throw new Todo(7, "Open a consumer of the group that commits when it is told to, and guard the ledger.");
    }

    /** Begins to consume, at the first change that nobody of the group has dealt with. */
    public void start() {
        throw new Todo(7, "Poll on a thread: what fails comes again, and nothing of its partition before it.");
    }

    /** Stops: the change that is at work is finished first. Returns when this is no member of the group any more. */
    @Override
    public void close() {
        throw new Todo(7, "Stop the thread, and leave the group.");
    }
}
