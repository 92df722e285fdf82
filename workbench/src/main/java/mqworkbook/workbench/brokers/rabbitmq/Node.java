package mqworkbook.workbench.brokers.rabbitmq;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.process.LocalServer;
import mqworkbook.workbench.brokers.process.ServerProcess;

/**
 * One private node: its files below one folder, its name and its port.
 *
 * <p>It listens on 127.0.0.1 only and on nothing but its AMQP port: no Erlang distribution, no port mapper (epmd), so
 * {@code rabbitmqctl} cannot reach it. It ends by itself when its standard input is
 * closed.
 */
final class Node implements LocalServer {

    /**
     * Ends the node at once when the pipe from the run closes, and in good order when a line comes first. Without
     * blanks: the start script splits at them.
     */
    private static final String OBEY_INPUT =
            "-eval spawn(fun()->case(io:get_line(''))of(eof)->ok;(_)->rabbit:stop()end,halt(0)end)";

    private static final String CONFIGURATION = """
            log.console = false
            log.file = rabbit.log
            log.file.level = warning
            vm_memory_high_watermark.absolute = 512MB
            disk_free_limit.absolute = 50MB
            """;

    private final Path folder;
    private final ServerTree tree;
    private final Path erlang;
    private final String name;
    private final Endpoint endpoint;

    /**
     * A node on a port.
     *
     * @param erlang the folder with the {@code erl} command
     */
    Node(Path folder, ServerTree tree, Path erlang, int port) {
        this.folder = folder;
        this.tree = tree;
        this.erlang = erlang;
        // Data is filed under the name; two nodes of one machine are never called the same.
        this.name = "workbook" + port + "_" + Guard.forRun().runId();
        this.endpoint = new Endpoint("127.0.0.1", port, "guest", "guest", "/");
    }

    private void prepare() throws IOException {
        for (String each : List.of("home", "data", "log", "schema")) {
            Files.createDirectories(folder.resolve(each));
        }
        Files.deleteIfExists(log());
        Files.writeString(folder.resolve("rabbitmq.conf"), CONFIGURATION);
        Files.writeString(folder.resolve("advanced.config"), "[].\n");
        Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
    }

    @Override
    public ProcessBuilder command() throws IOException {
        prepare();
        // Run from where the scripts are: they do not quote their own path, which may hold a blank.
        ProcessBuilder builder =
                new ProcessBuilder("./rabbitmq-server").directory(tree.scripts().toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(key -> key.startsWith("RABBITMQ_") || key.startsWith("ERL_"));
        environment.remove("NOTIFY_SOCKET");
        environment.put("PATH", erlang + File.pathSeparator + environment.getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("LANG", "C.UTF-8");
        put(environment, "HOME", "home");
        put(environment, "ERL_CRASH_DUMP", "erl_crash.dump");
        environment.put("RABBITMQ_SCRIPTS_DIR", ".");
        environment.put("RABBITMQ_NODENAME", name + "@localhost");
        environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
        environment.put("RABBITMQ_NODE_PORT", Integer.toString(endpoint.port()));
        environment.put("RABBITMQ_SERVER_CODE_PATH", tree.applications().toString());
        put(environment, "RABBITMQ_CONF_ENV_FILE", "no-environment-file");
        put(environment, "RABBITMQ_CONFIG_FILE", "rabbitmq.conf");
        put(environment, "RABBITMQ_ADVANCED_CONFIG_FILE", "advanced.config");
        put(environment, "RABBITMQ_ENABLED_PLUGINS_FILE", "enabled_plugins");
        put(environment, "RABBITMQ_MNESIA_BASE", "data");
        put(environment, "RABBITMQ_LOG_BASE", "log");
        put(environment, "RABBITMQ_GENERATED_CONFIG_DIR", "schema");
        put(environment, "RABBITMQ_SCHEMA_DIR", "schema");
        put(environment, "RABBITMQ_PID_FILE", "pid");
        // The script then becomes the server itself and leaves it our pipe as standard input.
        environment.put("RABBITMQ_ALLOW_INPUT", "1");
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", String.join(" ", arguments()));
        return builder;
    }

    /** A bare connect comes first: much cheaper than a client's, which matters while the server wants the processor. */
    @Override
    public String awaken(ServerProcess process) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(endpoint.address(), 1_000);
        }
        ServerCheck.Identity found = ServerCheck.identify(endpoint);
        if (!found.cluster().startsWith(name + "@")) {
            throw new IOException("another server answers on port " + endpoint.port());
        }
        return found.version();
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Path console() {
        return folder.resolve("console");
    }

    /** Warnings and errors. */
    @Override
    public Path log() {
        return folder.resolve("log").resolve("rabbit.log");
    }

    private List<String> arguments() {
        // Without a distribution listener Erlang still asks somebody for a port: naming any one spares it the search.
        return List.of(
                "-noshell",
                "-sname " + name + "@localhost",
                "-dist_listen false",
                "-start_epmd false",
                "-erl_epmd_port 4369",
                OBEY_INPUT);
    }

    private void put(Map<String, String> environment, String key, String file) {
        environment.put(key, folder.resolve(file).toString());
    }
}
