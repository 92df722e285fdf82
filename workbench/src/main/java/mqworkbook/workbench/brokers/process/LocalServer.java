package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.nio.file.Path;
import mqworkbook.workbench.brokers.Endpoint;

/**
 * One server with its files below one folder and its ports, started any number of times on the same data.
 *
 * <p>Its process holds a pipe from the run as its standard input: the line {@link #STOP} stops it in good order, the end
 * of the input ends it at once.
 */
public interface LocalServer {

    /** On its standard input: stop in good order. */
    String STOP = "stop";

    /** The command that starts it; writes its configuration first, and leaves data that is there alone. */
    ProcessBuilder command() throws IOException;

    /** All its files. */
    Path folder();

    /** Where its standard output goes. */
    Path console();

    /** What it has to say when it fails, beside its console; need not exist. */
    default Path log() {
        return console();
    }

    /** Where clients connect. */
    Endpoint endpoint();

    /**
     * The server's version, once clients can use it.
     *
     * @param process its process, which is alive
     * @throws IOException when it is not ready, or another server answers in its place
     */
    String awaken(ServerProcess process) throws IOException;
}
