package mqworkbook.workbench.brokers.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Supply;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.jvm.ServerLibraries;
import mqworkbook.workbench.brokers.process.Command;
import mqworkbook.workbench.brokers.process.Programs;

/**
 * A Redis server of this machine: an installed one that is new enough, else the one that the artifact embedded-redis
 * brings for this system.
 *
 * @param program the server's executable
 * @param version as it tells it
 */
public record RedisInstallation(Path program, String version) {

    /** System property: with the value {@code embedded} an installed server is ignored. */
    static final String SWITCH = "workbook.redis";

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("v=(\\d+\\.\\d+\\.\\d+)");

    /**
     * The installed server, or else the embedded one, which is unpacked into the user's cache.
     *
     * @throws BrokerUnavailableException naming the one command that helps
     */
    public static RedisInstallation locate(UserCache cache) {
        return installed().orElseGet(() -> embedded(cache));
    }

    /** The installed server, unless it is too old or is to be ignored ({@code -Dworkbook.redis=embedded}). */
    public static Optional<RedisInstallation> installed() {
        return "embedded".equals(System.getProperty(SWITCH))
                ? Optional.empty()
                : Programs.onPath("redis-server")
                        .flatMap(RedisInstallation::at)
                        .filter(found -> RedisVersion.isSupported(found.version));
    }

    /** Why there can be no server on this machine; empty when there can. */
    public static Optional<String> obstacle() {
        return installed().isPresent() || embeddedName().isPresent()
                ? Optional.empty()
                : Optional.of("there is no Redis for " + system() + " and none is installed: install redis-server "
                        + RedisVersion.SUPPORTED);
    }

    /** The server that a local process is, for messages. */
    static Supply supply(UserCache cache) {
        return installed()
                .map(server -> Supply.there("server", server.version() + ", installed as " + server.program()))
                .or(() -> embeddedName()
                        .filter(cache::has)
                        .map(name -> Supply.there("server", name + ", unpacked in " + cache.root())))
                .orElseGet(() -> Supply.missing("server, unpacked from embedded-redis"));
    }

    /** Whether nothing has to be fetched or unpacked. */
    static boolean isPresent(UserCache cache) {
        return installed().isPresent() || embeddedName().filter(cache::has).isPresent();
    }

    private static RedisInstallation embedded(UserCache cache) {
        String name = embeddedName()
                .orElseThrow(() -> new BrokerUnavailableException(obstacle().orElse("")));
        Path folder = cache.get(name, unfinished -> unpack(name, unfinished));
        return at(folder.resolve(name))
                .orElseThrow(
                        () -> new BrokerUnavailableException("The Redis that the workbook brings does not run here ("
                                + folder.resolve(name) + "; on Linux it needs OpenSSL 3): install redis-server "
                                + RedisVersion.SUPPORTED));
    }

    private static void unpack(String name, Path folder) throws IOException {
        Path jar = ServerLibraries.of("redis").jars().get(0);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException(jar + " holds no " + name);
            }
            Path program = folder.resolve(name);
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, program);
            }
            if (!program.toFile().setExecutable(true)) {
                throw new IOException(program + " cannot be made executable");
            }
        }
    }

    /** Runs it to learn its version; empty when it does not run here. */
    private static Optional<RedisInstallation> at(Path program) {
        try {
            Matcher version = VERSION.matcher(
                    Command.of(program.toString(), "--version").run(LIMIT).output());
            return version.find() ? Optional.of(new RedisInstallation(program, version.group(1))) : Optional.empty();
        } catch (IOException notRunnable) {
            return Optional.empty();
        }
    }

    /** The names of the files in embedded-redis 1.4.4; its Windows server is too old for the lessons. */
    private static Optional<String> embeddedName() {
        return Optional.ofNullable(
                switch (system()) {
                    case "linux amd64", "linux x86_64" -> "redis-server-6.2.6-v5-linux-amd64";
                    case "linux aarch64" -> "redis-server-6.2.7-linux-arm64";
                    case "mac x86_64", "mac amd64" -> "redis-server-6.2.6-v5-darwin-amd64";
                    case "mac aarch64" -> "redis-server-6.2.6-v5-darwin-arm64";
                    default -> null;
                });
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst("[ ].*", "");
        return name + " " + System.getProperty("os.arch");
    }
}
