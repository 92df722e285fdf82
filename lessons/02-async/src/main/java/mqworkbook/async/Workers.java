package mqworkbook.async;

import java.util.function.Supplier;
import mqworkbook.workbench.judge.Todo;

/** As many workers as the load asks for. They come and go while videos are uploaded. */
public final class Workers implements AutoCloseable {

    private final Supplier<Worker> hire;

    /**
     * Nobody yet.
     *
     * @param hire makes a worker that is not started
     */
    public Workers(Supplier<Worker> hire) {
        this.hire = hire;
    }

    /** Starts or closes workers until there are as many as asked for. */
    public synchronized void resize(int size) {
        throw new Todo(3, "Start or close workers until there are as many as asked for.");
    }

    /** Sends everybody home. */
    @Override
    public void close() {
        resize(0);
    }
}
