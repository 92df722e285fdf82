package mqworkbook.cli.doctor;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.ToolProvider;
import mqworkbook.cli.host.Maven;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.prepare.LibrariesPart;
import mqworkbook.cli.prepare.WrapperPart;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.docker.ContainerEngine;

/** Everything that is looked at. */
public final class Checks {

    private static final String PREPARE = "./workbook prepare";

    /** All four brokers take 0.65 GB, the judge and Maven 0.4 GB. */
    private static final long MEMORY_NEEDED = 2_000_000_000;

    private Checks() {}

    /** Looks at the whole machine; takes a second or two, starts and fetches nothing. */
    public static List<Check> all(Workspace workspace) {
        Maven maven = Maven.of(workspace.root());
        List<Check> checks =
                new ArrayList<>(List.of(jdk(), maven(maven), wrapper(workspace, maven), libraries(workspace)));
        checks.add(engine());
        checks.addAll(BrokerChecks.of(workspace.lessons()));
        checks.add(memory());
        checks.add(FolderCheck.of("checkout", workspace.root()));
        checks.add(FolderCheck.of("cache", UserCache.ofUser().root()));
        checks.add(FolderCheck.of("temp", Path.of(System.getProperty("java.io.tmpdir"))));
        checks.add(LoopbackCheck.of("127.0.0.1"));
        return checks;
    }

    private static Check jdk() {
        String found = Runtime.version() + " in " + System.getProperty("java.home");
        return ToolProvider.getSystemJavaCompiler() == null
                ? Check.missing("JDK", found + " has no compiler", "Set JAVA_HOME to a JDK 17 or newer.")
                : Check.ok("JDK", found);
    }

    private static Check maven(Maven maven) {
        return maven.version().isEmpty()
                ? Check.note("Maven", "none from 3.8.1 on the PATH", "The wrapper has its own: use ./mvnw for mvn.")
                : Check.ok("Maven", maven.version());
    }

    private static Check wrapper(Workspace workspace, Maven installed) {
        Optional<String> present = new WrapperPart(workspace.root()).present();
        if (present.isPresent()) {
            return Check.ok("wrapper", present.get());
        }
        String found = "the Maven of ./mvnw is not fetched yet";
        return installed.version().isEmpty()
                ? Check.missing("wrapper", found, PREPARE)
                : Check.note("wrapper", found, "Needed for ./mvnw only: " + PREPARE);
    }

    private static Check libraries(Workspace workspace) {
        return new LibrariesPart(workspace, workspace.lessons(), Optional.empty())
                .present()
                .map(found -> Check.ok("libraries", found))
                .orElseGet(() -> Check.note(
                        "libraries",
                        "perhaps not all that lessons need is in the local repository",
                        "To work without a network: " + PREPARE));
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

    private static Check memory() {
        long memory = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
        String found = "%.1f GB".formatted(memory / 1e9);
        return memory < MEMORY_NEEDED
                ? Check.note("memory", found, "It may not do for all brokers at once: close other programs.")
                : Check.ok("memory", found);
    }
}
