package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.process.Command;

/**
 * RabbitMQ and Erlang unpacked below the user's cache from the packages of Debian or Ubuntu; nothing is installed and
 * no right of root is needed. Downloaded once (31 MB on Debian 12), 54 MB unpacked.
 */
final class PrivateInstallation {

    private static final Duration CHECK_LIMIT = Duration.ofSeconds(20);

    private static final String SERVER = "rabbitmq-server";

    /** Debian's own {@code erl} has /usr/lib/erlang written into it. */
    private static final String ERL = """
            #!/bin/sh
            ROOTDIR=${0%/*}/usr/lib/erlang
            for BINDIR in "$ROOTDIR"/erts-*/bin; do :; done
            EMU=beam
            PROGNAME=erl
            export ROOTDIR BINDIR EMU PROGNAME
            exec "$BINDIR/erlexec" "$@"
            """;

    private final UserCache cache;
    private final DebianPackages packages = new DebianPackages();

    PrivateInstallation(UserCache cache) {
        this.cache = cache;
    }

    /** Why nothing can be unpacked here, with the command that helps; empty when it can, or is done already. */
    Optional<String> obstacle() {
        if (isUnpacked()) {
            return Optional.empty();
        }
        if (!DebianPackages.present()) {
            return Optional.of("RabbitMQ is not installed: " + installCommand());
        }
        return packages.known(SERVER)
                ? Optional.empty()
                : Optional.of("RabbitMQ is not installed, and this system's package lists do not know it:"
                        + " run \"sudo apt-get update\"");
    }

    boolean isUnpacked() {
        return cache.has(entry());
    }

    /** The server, if it is unpacked already. */
    Optional<RabbitMqInstallation> present() {
        return isUnpacked() ? Optional.of(serverIn(cache.root().resolve(entry()))) : Optional.empty();
    }

    /** Unpacked already or now; prints one line when it has to be done now. */
    RabbitMqInstallation locate() {
        obstacle().ifPresent(reason -> {
            throw new BrokerUnavailableException(reason);
        });
        return serverIn(cache.get(entry(), this::unpack));
    }

    /** One for each release of the distribution: its libraries are those of the host. */
    static String entry() {
        return SERVER + "-" + DebianPackages.release();
    }

    private void unpack(Path folder) throws IOException {
        long begin = System.nanoTime();
        System.out.print("RabbitMQ is not installed: unpacking this system's package privately into "
                + folder.getParent() + " (once) ... ");
        System.out.flush();
        try {
            packages.unpack(SERVER, "erlang-", folder);
            writeErl(folder.resolve("erl"));
            check(folder);
            System.out.printf(Locale.ROOT, "done in %.1f s%n", (System.nanoTime() - begin) / 1e9);
        } catch (IOException | RuntimeException e) {
            System.out.println("failed");
            throw e;
        }
    }

    private static void writeErl(Path file) throws IOException {
        Files.writeString(file, ERL);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The shared libraries are the host's: Erlang starts and finds the one for its crypto, or the package is named. */
    private void check(Path folder) throws IOException {
        serverIn(folder);
        Command.Result erl = Command.of(
                        folder.resolve("erl").toString(), "-noshell", "-eval", "ok=crypto:start(),halt(0).")
                .environment("HOME", folder.toString())
                .environment("ERL_CRASH_DUMP_SECONDS", "0")
                .run(CHECK_LIMIT);
        if (erl.succeeded()) {
            return;
        }
        throw new BrokerUnavailableException("Erlang does not start here"
                + packages.missingLibraries(SERVER, "erlang-")
                        .map(names -> ": run \"sudo apt-get install " + names + "\"")
                        .orElse(" (" + erl.lastLine() + "): run \"sudo apt-get install rabbitmq-server\""));
    }

    private static RabbitMqInstallation serverIn(Path root) {
        try (DirectoryStream<Path> homes =
                Files.newDirectoryStream(root.resolve("usr/lib/rabbitmq/lib"), "rabbitmq_server-*")) {
            for (Path home : homes) {
                Optional<RabbitMqInstallation> server = RabbitMqInstallation.at(home, root);
                if (server.isPresent()) {
                    return server.get();
                }
            }
        } catch (IOException incomplete) {
            // Said below.
        }
        throw new BrokerUnavailableException(
                "The server unpacked in " + root + " is not whole: remove that folder and run again");
    }

    private static String installCommand() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return "run \"brew install rabbitmq\"";
        }
        if (system.contains("windows")) {
            return "work inside WSL, or let Docker Desktop listen on tcp://localhost:2375 and set DOCKER_HOST to it";
        }
        return "install rabbitmq-server with this system's package manager, or start Docker";
    }
}
