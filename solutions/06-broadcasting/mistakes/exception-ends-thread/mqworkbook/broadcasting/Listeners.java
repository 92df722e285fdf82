// Mistake:   exception-ends-thread
// Wrong:     A loop takes changes from a queue, and an exception of the listener ends it.
// Shows as:  One bug in one team's listener, and it is told nothing more until the next restart; the queue grows.
// Caught in: step 5
// Says:      "ended the thread"
package mqworkbook.broadcasting;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import mqworkbook.broadcasting.config.Alarm;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.SettingsListener;

/** Tells application code of changes. */
public final class Listeners implements AutoCloseable {

    // Each hands a change over to one listener, and returns at once.
    private final List<Consumer<Change>> tellers = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Alarm alarm;

    public Listeners(Alarm alarm) {
        this.alarm = alarm;
    }

    /**
     * From now on the listener is told of each change, one at a time and in their order, on a thread that may wait.
     * What it throws raises the alarm, and has no other effect.
     */
    public void add(SettingsListener listener) {
        BlockingQueue<Change> queue = new LinkedBlockingQueue<>();
        tellers.add(queue::add);
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            listener.changed(queue.take());
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "settings listener");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Tells every listener. Returns at once. */
    public void tell(Change change) {
        tellers.forEach(teller -> teller.accept(change));
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
