package mqworkbook.cli.soak;

/** Keeps every core of this machine busy, as a slow or shared machine would be. */
public final class CpuLoad implements AutoCloseable {

    private volatile boolean ended;

    /** Starts as many threads as there are cores. */
    public CpuLoad() {
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            Thread thread = new Thread(this::burn, "load " + core);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void burn() {
        while (!ended) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
