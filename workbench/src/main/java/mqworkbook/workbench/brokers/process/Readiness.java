package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.time.Duration;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;

/** Asks a server again and again until it answers. */
public final class Readiness {

    private static final Duration POLL = Duration.ofMillis(20);

    private Readiness() {}

    /** One question to a server. */
    @FunctionalInterface
    public interface Question<T> {

        /** Throws when the server is not ready. */
        T ask() throws IOException;
    }

    /**
     * The first answer.
     *
     * @throws BrokerUnavailableException when there is none within the limit
     */
    public static <T> T await(BrokerKind kind, Endpoint endpoint, Duration limit, Question<T> question) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                return question.ask();
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw new BrokerUnavailableException(
                            kind.displayName() + " at " + endpoint.host() + ":" + endpoint.port()
                                    + " did not accept a client within " + limit.toSeconds() + " s",
                            notYet);
                }
            }
            pause(kind, POLL);
        }
    }

    static void pause(BrokerKind kind, Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("Waiting for " + kind.displayName() + " was interrupted", e);
        }
    }
}
