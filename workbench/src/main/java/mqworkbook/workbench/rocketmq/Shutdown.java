package mqworkbook.workbench.rocketmq;

import mqworkbook.workbench.judge.Closing;

/**
 * Ends RocketMQ's clients without anybody waiting for it. A client's orderly shutdown takes up to 3 s: one of its threads looks
 * only so often whether it is to end (RocketMQ 5.5.0, {@code NettyRemotingAbstract.NettyEventExecutor}).
 */
public final class Shutdown {

    private Shutdown() {}

    /** Runs the shutdown on a thread of its own, which keeps nobody from leaving; what it throws is of no interest. */
    public static void behind(AutoCloseable client) {
        Closing.behind("rocketmq shutdown", client);
    }
}
