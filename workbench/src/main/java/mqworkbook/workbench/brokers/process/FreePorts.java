package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/**
 * Ports on 127.0.0.1 that nobody listens on now. Another program may be quicker: a server that finds its port taken
 * is started again on another.
 *
 * <p>They lie below the range that systems use for outgoing connections (from 32768 on Linux, 49152 elsewhere), so a
 * server can be stopped and started again on its port.
 */
public final class FreePorts {

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

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
