package mqworkbook.workbench.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.DefaultExceptionHandler;
import java.util.function.BooleanSupplier;
import mqworkbook.workbench.judge.Problems;

/**
 * Reports what the learner's callbacks throw, then does what the client does by default: it closes the channel
 * (amqp-client 5.37, StrictExceptionHandler), and nothing reopens it.
 */
final class LearnerExceptionHandler extends DefaultExceptionHandler {

    private final String actor;
    private final BooleanSupplier alive;

    LearnerExceptionHandler(String actor, BooleanSupplier alive) {
        this.actor = actor;
        this.alive = alive;
    }

    @Override
    public void handleConsumerException(
            Channel channel, Throwable exception, Consumer consumer, String consumerTag, String methodName) {
        report(
                "An exception left the delivery callback of " + actor
                        + "; the client then closes the channel, and this consumer gets nothing more",
                exception);
        super.handleConsumerException(channel, exception, consumer, consumerTag, methodName);
    }

    @Override
    public void handleConfirmListenerException(Channel channel, Throwable exception) {
        report(
                "An exception left the confirm callback of " + actor + "; the client then closes the channel",
                exception);
        super.handleConfirmListenerException(channel, exception);
    }

    @Override
    public void handleReturnListenerException(Channel channel, Throwable exception) {
        report("An exception left the return callback of " + actor + "; the client then closes the channel", exception);
        super.handleReturnListenerException(channel, exception);
    }

    @Override
    public void handleConnectionRecoveryException(Connection connection, Throwable exception) {
        // Expected while a fault lasts: the client tries again by itself.
    }

    @Override
    protected void log(String message, Throwable exception) {
        // Reported above; a second copy on the console helps nobody.
    }

    private void report(String what, Throwable exception) {
        // A connection that a fault has cut makes the ack of a delivery fail; that is not a mistake.
        if (alive.getAsBoolean() && !lostConnection(exception)) {
            Problems.report(what, exception);
        }
    }

    private static boolean lostConnection(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException shutdown) {
                return shutdown.isHardError() || shutdown.isInitiatedByApplication();
            }
            if (cause instanceof java.net.SocketException) {
                return true;
            }
        }
        return false;
    }
}
