package mqworkbook.delay;

import java.time.Duration;
import mqworkbook.delay.order.Timeouts;

/** Timeouts in the database. */
final class DatabaseBench extends Bench {

    final Database database = new Database();
    private final Duration poll;

    DatabaseBench(Duration poll) {
        this.poll = poll;
    }

    @Override
    Timeouts newTimeouts(String process) {
        return new DatabaseTimeouts(database.of(process), clock, LEASE, poll);
    }

    @Override
    void cutOff(String process) {
        database.actor(process).die();
    }

    @Override
    int connections(String process) {
        return database.actor(process).openConnections();
    }

    @Override
    void passLease() {
        clock.advance(LEASE.plusSeconds(1));
    }

    @Override
    String whereabouts() {
        return "in the table of timeouts are " + database.look("SELECT COUNT(*) FROM timeouts") + " rows, of which "
                + database.look("SELECT COUNT(*) FROM timeouts WHERE claimed_until > 0") + " were claimed";
    }

    @Override
    public void close() {
        super.close();
        database.close();
    }
}
