package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/**
 * Ports on 127.0.0.1 that nobody listens on now. Another program may be quicker: a server that finds its port taken
 * is started again on another.
 *
 * <p>They lie below the range that systems use for outgoing connections (from 32768 on Linux, 49152 elsewhere), so a
 * server can be stopped and started again on its port.
 */
public final class FreePorts {

    /** How many ports a server tries that finds another program quicker. */
    public static final int TO_TRY = 5;

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 200;

    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** A free port that this JVM was never given before. */
    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (HANDED_OUT.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new BrokerUnavailableException("No free port was found on 127.0.0.1 between " + LOWEST + " and " + HIGHEST
                + ": end programs that listen there");
    }

    /** Whether these words of a server or a container engine say that another program has the port. */
    public static boolean saysTaken(String words) {
        String text = words.toLowerCase(Locale.ROOT);
        return Stream.of("eaddrinuse", "address already in use", "port is already allocated")
                .anyMatch(text::contains);
    }

    /** What to say when another program has the port of a broker. */
    public static BrokerUnavailableException taken(BrokerKind kind, int port, Throwable cause) {
        return new BrokerUnavailableException(
                kind.displayName() + "'s port " + port
                        + " on 127.0.0.1 was taken by another program: end it (\"ss -ltnp\" shows it), or run again",
                cause);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
