package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.process.Command;

/**
 * A server's folder made for a quick start; the server itself stays as it is installed. RabbitMQ 3.10.8 on two cores:
 *
 * <ul>
 *   <li>{@code plugins/} holds links to those plugins only that the server is made of. Erlang looks for a module in
 *       each folder in turn: with 20 in place of 70 the start takes 2.0 s in place of 3.8 s.
 *   <li>{@code applications/} holds descriptions of Erlang's own libraries that name no modules. The server loads
 *       every module that is named, to search it for boot steps ({@code rabbit_misc:all_module_attributes/1}), and
 *       Erlang's own never have any: that saves a quarter of the processor time; what is used is loaded as ever.
 * </ul>
 *
 * @param folder where it is
 */
record ServerTree(Path folder) {

    private static final Duration ERL_LIMIT = Duration.ofSeconds(20);
    private static final List<String> SCRIPTS = List.of("rabbitmq-server", "rabbitmq-env", "rabbitmq-defaults");

    /** Changes when this class builds another kind of folder. */
    private static final int LAYOUT = 2;

    /** Described by Erlang's boot file or part of its runtime. */
    private static final Set<String> CORE = Set.of("erts", "kernel", "stdlib", "sasl");

    /** Khepri, RabbitMQ 4's metadata store, reads their module names ({@code khepri_utils}, {@code horus_utils}). */
    private static final Set<String> READ_BY_KHEPRI = Set.of("mnesia", "ssl");

    /** Built once for each server and Erlang. */
    static ServerTree of(RabbitMqInstallation installation, UserCache cache) {
        String name = "rabbitmq-tree-" + installation.version() + "-" + fingerprint(installation);
        return new ServerTree(cache.get(name, folder -> new ServerTree(folder).build(installation)));
    }

    /** Where the scripts are. */
    Path scripts() {
        return folder.resolve("sbin");
    }

    /** First on the code path. */
    Path applications() {
        return folder.resolve("applications");
    }

    private Path plugins() {
        return folder.resolve("plugins");
    }

    /** Changes with the places of server and Erlang, and when Erlang is replaced in its place. */
    private static String fingerprint(RabbitMqInstallation installation) {
        try {
            Path erl = installation.erlang().resolve("erl").toRealPath();
            CRC32 sum = new CRC32();
            sum.update((LAYOUT + " " + installation.home() + " " + erl + " " + Files.getLastModifiedTime(erl))
                    .getBytes(StandardCharsets.UTF_8));
            return Long.toHexString(sum.getValue());
        } catch (IOException e) {
            throw new BrokerUnavailableException(
                    "Erlang cannot be read in " + installation.erlang() + ": make it readable, or run with -D"
                            + RabbitMqInstallation.SWITCH + "=private",
                    e);
        }
    }

    private void build(RabbitMqInstallation installation) throws IOException {
        // The scripts find the server's folder from their own place: copies, not links.
        Files.createDirectory(scripts());
        for (String script : SCRIPTS) {
            Files.copy(
                    installation.home().resolve("sbin").resolve(script),
                    scripts().resolve(script),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectory(plugins());
        Map<String, Path> needed = neededPlugins(installation.home().resolve("plugins"));
        for (Path plugin : needed.values()) {
            Files.createSymbolicLink(plugins().resolve(plugin.getFileName()), plugin.toAbsolutePath());
        }
        Set<String> untouched = new HashSet<>(CORE);
        if (needed.containsKey("khepri")) {
            untouched.addAll(READ_BY_KHEPRI);
        }
        Files.createDirectory(applications());
        describeErlang(libraries(installation.erlang()), untouched);
    }

    /** Plugins that the application {@code rabbit} needs; all of them when some are packed archives. */
    private static Map<String, Path> neededPlugins(Path all) throws IOException {
        Map<String, Path> folders = new HashMap<>();
        Map<String, ApplicationFile> files = new HashMap<>();
        boolean packed = false;
        try (DirectoryStream<Path> plugins = Files.newDirectoryStream(all, "*-[0-9]*")) {
            for (Path plugin : plugins) {
                String name = nameOf(plugin);
                Path file = plugin.resolve("ebin").resolve(name + ".app");
                folders.put(name, plugin);
                packed |= !Files.isDirectory(plugin);
                if (Files.isReadable(file)) {
                    files.put(name, ApplicationFile.parse(Files.readString(file)));
                }
            }
        }
        if (!packed) {
            folders.keySet().retainAll(ApplicationFile.closure("rabbit", files));
        }
        return folders;
    }

    private void describeErlang(Path libraries, Set<String> untouched) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(libraries, "*-[0-9]*")) {
            for (Path library : all) {
                String name = nameOf(library);
                Path file = library.resolve("ebin").resolve(name + ".app");
                if (!untouched.contains(name) && Files.isReadable(file)) {
                    Files.writeString(
                            applications().resolve(name + ".app"),
                            ApplicationFile.withoutModules(Files.readString(file)));
                }
            }
        }
    }

    private static Path libraries(Path erlang) throws IOException {
        Command.Result erl = Command.of(
                        erlang.resolve("erl").toString(), "-noshell", "-eval", "io:put_chars(code:lib_dir()),halt(0).")
                .run(ERL_LIMIT);
        if (!erl.succeeded()) {
            throw new BrokerUnavailableException("Erlang does not start from " + erlang + " (" + erl.lastLine()
                    + "): install it again, or run with -D" + RabbitMqInstallation.SWITCH + "=private");
        }
        return Path.of(erl.lastLine());
    }

    private static String nameOf(Path folder) {
        return folder.getFileName().toString().replaceFirst("-[0-9].*", "");
    }
}
