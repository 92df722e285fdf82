package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Supply;
import mqworkbook.workbench.brokers.cache.UserCache;

/**
 * A RabbitMQ server on this machine, with the Erlang that runs it.
 *
 * @param home the folder with {@code sbin} and {@code plugins}
 * @param erlang the folder with the {@code erl} command
 * @param version the server's version, {@code 3.10.8}
 */
public record RabbitMqInstallation(Path home, Path erlang, String version) {

    /** System property: with the value {@code private} an installed server is ignored. */
    static final String SWITCH = "workbook.rabbitmq";

    /**
     * The installed server, or else one that is unpacked into the user's cache, without root, from the
     * distribution's own packages.
     *
     * @throws BrokerUnavailableException naming the one command that helps on this system
     */
    public static RabbitMqInstallation locate(UserCache cache) {
        Optional<RabbitMqInstallation> installed = installed();
        return installed.isPresent() ? installed.get() : new PrivateInstallation(cache).locate();
    }

    /** Why there can be no server on this machine without installing something first; empty when there can. */
    public static Optional<String> obstacle(UserCache cache) {
        return installed().isPresent() ? Optional.empty() : new PrivateInstallation(cache).obstacle();
    }

    /**
     * The folder of the server that is unpacked into the cache, for another machine with this system; unpacked now if it
     * was not before, whether a server is installed here or not.
     *
     * @throws BrokerUnavailableException naming the one command that helps on this system
     */
    public static Path unpacked(UserCache cache) {
        return new PrivateInstallation(cache).locate().erlang();
    }

    /** The entry in the cache that holds the unpacked server of this system. */
    public static String cacheEntry() {
        return PrivateInstallation.entry();
    }

    /** The server that a local process is, for messages. */
    static Supply supply(UserCache cache) {
        return installed()
                .map(server -> Supply.there("server", server.version() + ", installed in " + server.home()))
                .or(() -> new PrivateInstallation(cache)
                        .present()
                        .map(server -> Supply.there(
                                "server", server.version() + ", unpacked privately in " + server.erlang())))
                .orElseGet(() -> Supply.missing("server, unpacked privately"));
    }

    /** Whether nothing has to be fetched or unpacked. */
    static boolean isPresent(UserCache cache) {
        return installed().isPresent() || new PrivateInstallation(cache).isUnpacked();
    }

    /** The installed server, unless it is to be ignored ({@code -Dworkbook.rabbitmq=private}). */
    public static Optional<RabbitMqInstallation> installed() {
        return "private".equals(System.getProperty(SWITCH)) ? Optional.empty() : new InstalledServers().find();
    }

    /** The server below {@code home}, if that is a whole one. */
    static Optional<RabbitMqInstallation> at(Path home, Path erlang) {
        if (!Files.isReadable(home.resolve("sbin/rabbitmq-server"))) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> rabbit = Files.newDirectoryStream(home.resolve("plugins"), "rabbit-[0-9]*")) {
            for (Path plugin : rabbit) {
                String version = plugin.getFileName().toString().substring("rabbit-".length());
                return Optional.of(new RabbitMqInstallation(home, erlang, version.replace(".ez", "")));
            }
        } catch (IOException unreadable) {
            // Not a server that this user can run.
        }
        return Optional.empty();
    }
}
