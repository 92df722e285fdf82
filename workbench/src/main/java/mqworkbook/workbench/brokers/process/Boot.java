package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** A server on its way up: waits until clients can use it, fails at once with the reason when it dies. */
final class Boot {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int TAIL_LINES = 15;

    private final BrokerKind kind;
    private final LocalServer server;
    private final ServerProcess process;

    Boot(BrokerKind kind, LocalServer server, ServerProcess process) {
        this.kind = kind;
        this.server = server;
        this.process = process;
    }

    /** Returns the version that the server tells, once it does. */
    String await() throws PortTakenException {
        long end = System.nanoTime() + LIMIT.toNanos();
        IOException last = null;
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                return server.awaken(process);
            } catch (IOException notYet) {
                last = notYet;
            }
            Readiness.pause(kind, POLL);
        }
        boolean died = !process.isAlive();
        process.kill();
        throw died
                ? dead()
                : new BrokerUnavailableException(
                        kind.displayName() + " did not accept a client within " + LIMIT.toSeconds() + " s" + tail(),
                        last);
    }

    private BrokerUnavailableException dead() throws PortTakenException {
        String output = everything().toLowerCase(Locale.ROOT);
        if (FreePorts.saysTaken(output)) {
            throw new PortTakenException(kind, server.endpoint().port());
        }
        if (output.contains("enospc") || output.contains("no space left")) {
            return DiskSpace.full(server.folder());
        }
        return new BrokerUnavailableException(kind.displayName() + " ended while it was starting" + tail());
    }

    private String tail() {
        List<String> lines =
                everything().lines().filter(line -> !line.isBlank()).toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return last.isEmpty() ? " without a word" : "; its last words:\n  " + String.join("\n  ", last);
    }

    private String everything() {
        String console = process.output();
        return server.log().equals(server.console()) ? console : ServerProcess.read(server.log()) + console;
    }
}
