package mqworkbook.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import mqworkbook.cli.bench.LessonBrokers;
import mqworkbook.cli.host.Maven;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.rabbitmq.RabbitMqInstallation;

/** Everything that is looked at. */
public final class Checks {

    private static final long NEEDED = 1L << 30;

    private Checks() {}

    /** Looks at the whole machine; takes a second or two. */
    public static List<Check> all(Workspace workspace) {
        Path cache = UserCache.ofUser().root();
        List<Check> checks = new ArrayList<>(List.of(jdk(), maven(workspace), engine(), rabbitMq(), apt()));
        workspace.lessons().stream()
                .flatMap(lesson -> LessonBrokers.of(lesson).stream())
                .distinct()
                .forEach(kind -> checks.add(broker(kind)));
        checks.add(disk("cache", cache));
        checks.add(disk("disk", workspace.root()));
        return checks;
    }

    private static Check jdk() {
        String found = Runtime.version() + " in " + System.getProperty("java.home");
        return ToolProvider.getSystemJavaCompiler() == null
                ? Check.missing("JDK", found + " has no compiler", "Set JAVA_HOME to a JDK 17 or newer.")
                : Check.ok("JDK", found);
    }

    private static Check maven(Workspace workspace) {
        Maven maven = Maven.of(workspace.root());
        return maven.version().isEmpty()
                ? Check.note("Maven", "none from 3.8.1 on the PATH", "The wrapper fetches its own: use ./mvnw for mvn.")
                : Check.ok("Maven", maven.version());
    }

    private static Check engine() {
        return ContainerEngine.detect()
                .map(engine -> engine.obstacle()
                        .map(obstacle ->
                                Check.note("Docker", "an engine answers at " + engine.address(), obstacle + "."))
                        .orElseGet(() -> Check.ok("Docker", "an engine answers at " + engine.address())))
                .orElseGet(() -> Check.note(
                        "Docker",
                        "no engine answers at " + ContainerEngine.lookedAt(),
                        "Brokers run as local processes; nothing to do unless you prefer containers."));
    }

    private static Check rabbitMq() {
        Optional<RabbitMqInstallation> installed = RabbitMqInstallation.installed();
        return installed
                .map(server -> Check.ok("RabbitMQ", server.version() + " in " + server.home()))
                .orElseGet(() -> RabbitMqInstallation.obstacle(UserCache.ofUser())
                        .map(obstacle -> Check.note("RabbitMQ", "not installed", obstacle + "."))
                        .orElseGet(() -> Check.ok("RabbitMQ", "not installed; unpacked privately when needed")));
    }

    private static Check apt() {
        Path lists = Path.of("/var/lib/apt/lists");
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            return Check.note("apt", "not on this system", "");
        }
        try (Stream<Path> files = Files.list(lists)) {
            return files.anyMatch(file -> file.toString().contains("Packages"))
                    ? Check.ok("apt", "package lists are there")
                    : Check.note("apt", "has no package lists", "sudo apt-get update");
        } catch (IOException e) {
            return Check.note("apt", lists + " cannot be read", "sudo apt-get update");
        }
    }

    private static Check broker(BrokerKind kind) {
        try {
            return Check.ok("lessons", Brokers.forRun().choice(kind).describe());
        } catch (BrokerUnavailableException e) {
            return Check.missing("lessons", "there is no " + kind.displayName() + " for them", e.getMessage());
        }
    }

    private static Check disk(String name, Path folder) {
        Path present = folder;
        while (!Files.exists(present)) {
            present = present.getParent();
        }
        try {
            long free = Files.getFileStore(present).getUsableSpace();
            String found = "%.1f GB free for %s".formatted(free / 1e9, folder);
            if (!Files.isWritable(present)) {
                return Check.missing(name, folder + " cannot be written", "Make it writable.");
            }
            return free < NEEDED ? Check.missing(name, found, "Make room: 1 GB is enough.") : Check.ok(name, found);
        } catch (IOException e) {
            return Check.missing(name, folder + " cannot be read: " + e.getMessage(), "Make it readable.");
        }
    }
}
