package mqworkbook.workbench.brokers.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.process.LocalServer;
import mqworkbook.workbench.brokers.process.ServerProcess;

/** A server in a JVM of its own, which says on its console when it is ready. */
public final class JvmServer implements LocalServer {

    /** What {@code mqworkbook.servers.Leash} prints, alone on a line. */
    private static final String READY = "READY";

    private final ServerJvm jvm;
    private final ServerJvm.Arguments arguments;
    private final Path folder;
    private final Endpoint endpoint;
    private final String version;

    /**
     * A server.
     *
     * @param version of the libraries
     */
    public JvmServer(ServerJvm jvm, ServerJvm.Arguments arguments, Path folder, Endpoint endpoint, String version) {
        this.jvm = jvm;
        this.arguments = arguments;
        this.folder = folder;
        this.endpoint = endpoint;
        this.version = version;
    }

    @Override
    public ProcessBuilder command() throws IOException {
        Files.createDirectories(folder);
        return jvm.command(folder, arguments.in(folder));
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Path console() {
        return folder.resolve("console");
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public String awaken(ServerProcess process) throws IOException {
        if (process.output().lines().noneMatch(READY::equals)) {
            throw new IOException("it has not said that it is ready");
        }
        return version;
    }
}
