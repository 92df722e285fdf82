package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import mqworkbook.workbench.brokers.cache.UserCache;

/**
 * A server's folder with only those plugins in it that the server itself is made of, as links into the installation.
 *
 * <p>Erlang looks for a module in every folder of {@code plugins/} in turn; with 20 in place of 70 the server starts
 * in half the time (3.8 s and 2.0 s, RabbitMQ 3.10.8 on two cores).
 */
final class ServerTree {

    private static final List<String> SCRIPTS = List.of("rabbitmq-server", "rabbitmq-env", "rabbitmq-defaults");

    private final RabbitMqInstallation installation;

    ServerTree(RabbitMqInstallation installation) {
        this.installation = installation;
    }

    /** Built once for each installation and version. */
    Path in(UserCache cache) {
        CRC32 place = new CRC32();
        place.update(installation.home().toString().getBytes(StandardCharsets.UTF_8));
        return cache.get(
                "rabbitmq-tree-" + installation.version() + "-" + Long.toHexString(place.getValue()), this::build);
    }

    private void build(Path tree) throws IOException {
        // The scripts find the server's folder from their own place: copies, not links.
        Path sbin = Files.createDirectory(tree.resolve("sbin"));
        for (String script : SCRIPTS) {
            Files.copy(
                    installation.home().resolve("sbin").resolve(script),
                    sbin.resolve(script),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        Path plugins = Files.createDirectory(tree.resolve("plugins"));
        for (Path plugin : needed()) {
            Files.createSymbolicLink(plugins.resolve(plugin.getFileName()), plugin.toAbsolutePath());
        }
    }

    /** Plugin folders that the application {@code rabbit} needs; all of them when some are packed archives. */
    private Iterable<Path> needed() throws IOException {
        Map<String, Path> folders = new HashMap<>();
        Map<String, ApplicationFile> applications = new HashMap<>();
        boolean packed = false;
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(installation.home().resolve("plugins"), "*-[0-9]*")) {
            for (Path plugin : all) {
                String name = plugin.getFileName().toString().replaceFirst("-[0-9].*", "");
                Path file = plugin.resolve("ebin").resolve(name + ".app");
                folders.put(name, plugin);
                packed |= !Files.isDirectory(plugin);
                if (Files.isReadable(file)) {
                    applications.put(name, ApplicationFile.parse(Files.readString(file)));
                }
            }
        }
        if (!packed) {
            folders.keySet().retainAll(ApplicationFile.closure("rabbit", applications));
        }
        return folders.values();
    }
}
