// Mistake:   one-thread-for-all
// Wrong:     All listeners share one thread.
// Shows as:  The team with the slow listener delays everybody else's.
// Caught in: step 5
// Says:      "holds up the others"
package mqworkbook.broadcasting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import mqworkbook.broadcasting.config.Alarm;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.SettingsListener;

/** Tells application code of changes. */
public final class Listeners implements AutoCloseable {

    // Each hands a change over to one listener, and returns at once.
    private final List<Consumer<Change>> tellers = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Listeners::daemon);
    private final Alarm alarm;

    public Listeners(Alarm alarm) {
        this.alarm = alarm;
    }

    /**
     * From now on the listener is told of each change, one at a time and in their order, on a thread that may wait.
     * What it throws raises the alarm, and has no other effect.
     */
    public void add(SettingsListener listener) {
        // A thread for each listener: one keeps their order, and a slow listener holds up nobody but itself.
        tellers.add(change -> {
            try {
                thread.execute(() -> tell(listener, change));
            } catch (RejectedExecutionException closed) {
                // The node has left meanwhile.
            }
        });
    }

    private void tell(SettingsListener listener, Change change) {
        try {
            listener.changed(change);
        } catch (RuntimeException e) {
            alarm.raise("A listener failed on " + change.text(), e);
        }
    }

    /** Tells every listener. Returns at once. */
    public void tell(Change change) {
        tellers.forEach(teller -> teller.accept(change));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "settings listener");
        thread.setDaemon(true);
        return thread;
    }
}
