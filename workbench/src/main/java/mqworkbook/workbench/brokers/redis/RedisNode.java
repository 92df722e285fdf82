package mqworkbook.workbench.brokers.redis;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.process.LocalServer;
import mqworkbook.workbench.brokers.process.ServerProcess;

/** One private server on 127.0.0.1 that keeps its data in an append-only file. */
final class RedisNode implements LocalServer {

    /**
     * Redis does not read its standard input, so a shell does: a line becomes SIGTERM, on which Redis ends in good order,
     * the end of the input SIGKILL. The shell ends with the server.
     */
    private static final String LEASH = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            { if read -r order; then kill -TERM $server; else kill -KILL $server; fi; } <&3 2>/dev/null &
            reader=$!
            exec 3<&-
            wait $server
            status=$?
            kill $reader 2>/dev/null
            exit $status
            """;

    private final RedisInstallation installation;
    private final Path folder;
    private final Endpoint endpoint;

    RedisNode(RedisInstallation installation, Path folder, int port) {
        this.installation = installation;
        this.folder = folder;
        this.endpoint = new Endpoint("127.0.0.1", port, "", "", "");
    }

    @Override
    public ProcessBuilder command() throws IOException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>();
        if (File.separatorChar == '/') {
            command.addAll(List.of("/bin/sh", "-c", LEASH, "leash"));
        }
        command.addAll(List.of(installation.program().toString(), "--port", String.valueOf(endpoint.port())));
        command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString(), "--loglevel", "warning"));
        command.addAll(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "everysec"));
        return new ProcessBuilder(command).directory(folder.toFile());
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
        Properties info = RedisInfo.server(endpoint);
        if (!process.owns(Long.parseLong(info.getProperty("process_id", "-1")))) {
            throw new IOException("another server answers on port " + endpoint.port());
        }
        return info.getProperty("redis_version");
    }
}
