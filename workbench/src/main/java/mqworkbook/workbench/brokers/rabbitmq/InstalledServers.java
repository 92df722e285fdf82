package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.process.Programs;

/**
 * Looks for an installed server where packages put it: {@code RABBITMQ_HOME}, Debian and Fedora, the generic binary
 * build, Homebrew, and whatever {@code rabbitmq-server} on the PATH points to.
 */
final class InstalledServers {

    private static final List<String> HOMEBREW = List.of("/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew");

    /** The first server that is whole and has an {@code erl} command to run it. */
    Optional<RabbitMqInstallation> find() {
        return erlang().flatMap(erlang -> homes().flatMap(home -> RabbitMqInstallation.at(home, erlang).stream())
                .findFirst());
    }

    private static Stream<Path> homes() {
        List<Path> homes = new ArrayList<>();
        String chosen = System.getenv("RABBITMQ_HOME");
        if (chosen != null && !chosen.isBlank()) {
            homes.add(Path.of(chosen));
        }
        homes.addAll(versionsIn(Path.of("/usr/lib/rabbitmq/lib")));
        homes.add(Path.of("/opt/rabbitmq"));
        for (String prefix : HOMEBREW) {
            homes.add(Path.of(prefix, "opt/rabbitmq"));
        }
        Programs.onPath("rabbitmq-server").ifPresent(script -> homes.add(homeOf(script)));
        return homes.stream();
    }

    private static Optional<Path> erlang() {
        Optional<Path> onPath = Programs.onPath("erl").map(Path::getParent);
        return onPath.isPresent()
                ? onPath
                : HOMEBREW.stream()
                        .map(prefix -> Path.of(prefix, "bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("erl")))
                        .findFirst();
    }

    private static List<Path> versionsIn(Path folder) {
        List<Path> versions = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "rabbitmq_server-*")) {
            found.forEach(versions::add);
        } catch (IOException none) {
            // Not installed this way.
        }
        return versions;
    }

    /** {@code HOME/sbin/rabbitmq-server}, links resolved. */
    private static Path homeOf(Path script) {
        try {
            Path sbin = script.toRealPath().getParent();
            return sbin.getParent();
        } catch (IOException vanished) {
            return script.getParent();
        }
    }
}
