package mqworkbook.workbench.rocketmq;

/**
 * Ends RocketMQ's clients without anybody waiting for it. A client's orderly shutdown takes up to 3 s: one of its threads looks
 * only so often whether it is to end (RocketMQ 5.5.0, {@code NettyRemotingAbstract.NettyEventExecutor}).
 */
public final class Shutdown {

    private Shutdown() {}

    /** Runs the shutdown on a thread of its own, which keeps nobody from leaving; what it throws is of no interest. */
    public static void behind(AutoCloseable client) {
        Thread thread = new Thread(() -> close(client), "rocketmq shutdown");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, late) -> {});
        thread.start();
    }

    private static void close(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception late) {
            // Its test is over, and with it the way to the broker.
        }
    }
}
