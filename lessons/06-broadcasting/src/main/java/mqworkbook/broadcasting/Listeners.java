package mqworkbook.broadcasting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mqworkbook.broadcasting.config.Alarm;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.SettingsListener;
import mqworkbook.workbench.judge.Todo;

/** Tells application code of changes. */
public final class Listeners implements AutoCloseable {

    // Each hands a change over to one listener, and returns at once.
    private final List<Consumer<Change>> tellers = new CopyOnWriteArrayList<>();
    private final Alarm alarm;

    public Listeners(Alarm alarm) {
        this.alarm = alarm;
    }

    /**
     * From now on the listener is told of each change, one at a time and in their order, on a thread that may wait.
     * What it throws raises the alarm, and has no other effect.
     */
    public void add(SettingsListener listener) {
        throw new Todo(5, "Add a teller that hands changes over to this listener, whatever the listener does.");
    }

    /** Tells every listener. Returns at once. */
    public void tell(Change change) {
        tellers.forEach(teller -> teller.accept(change));
    }

    @Override
    public void close() {}
}
