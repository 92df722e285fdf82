package mqworkbook.decoupling;

import java.util.HashMap;
import java.util.Map;
import mqworkbook.decoupling.shop.Inbox;

/** A subscriber's table of handled events. It outlives the subscriber; a crash rolls back what was not committed. */
final class TestInbox implements Inbox {

    private enum State {
        RUNNING,
        HANDLED
    }

    private final Map<String, State> table = new HashMap<>();
    private int incarnation;

    @Override
    public boolean once(String eventId, Work work) throws Exception {
        int mine = begin(eventId);
        if (mine < 0) {
            return false;
        }
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            end(eventId, mine, done);
        }
        return true;
    }

    /** The process that uses the table is dead: its open transactions are rolled back. */
    synchronized void crash() {
        incarnation++;
        table.values().removeIf(state -> state == State.RUNNING);
        notifyAll();
    }

    // A second transaction on the same row waits for the first, as in a database.
    private synchronized int begin(String eventId) throws InterruptedException {
        while (table.get(eventId) == State.RUNNING) {
            wait();
        }
        if (table.get(eventId) == State.HANDLED) {
            return -1;
        }
        table.put(eventId, State.RUNNING);
        return incarnation;
    }

    private synchronized void end(String eventId, int mine, boolean done) {
        if (mine == incarnation) {
            if (done) {
                table.put(eventId, State.HANDLED);
            } else {
                table.remove(eventId);
            }
            notifyAll();
        }
    }
}
