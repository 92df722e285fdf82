// Mistake:   first-failure-ends-all
// Wrong:     Listeners are told in one task: the first that throws keeps the others from being told.
// Shows as:  One bug in one team's listener, and all others go by old settings.
// Caught in: step 5
// Says:      "keeps the others from being told"
package mqworkbook.broadcasting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
        tellers.add(listener::changed);
    }

    /** Tells every listener. Returns at once. */
    public void tell(Change change) {
        thread.execute(() -> {
            try {
                tellers.forEach(teller -> teller.accept(change));
            } catch (RuntimeException e) {
                alarm.raise("A listener failed on " + change.text(), e);
            }
        });
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
