package mqworkbook.async;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** As many workers as the load asks for. They come and go while videos are uploaded. */
public final class Workers implements AutoCloseable {

    private final Supplier<Worker> hire;
    private final Deque<Worker> atWork = new ArrayDeque<>();

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
        while (atWork.size() < size) {
            Worker worker = hire.get();
            worker.start();
            atWork.push(worker);
        }
        while (atWork.size() > size) {
            atWork.pop().close();
        }
    }

    /** Sends everybody home. */
    @Override
    public void close() {
        resize(0);
    }
}
