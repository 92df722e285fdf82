package mqworkbook.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import mqworkbook.cli.host.Maven;
import mqworkbook.cli.host.Workspace;

/** Everything that is looked at. */
public final class Checks {

    private static final long NEEDED = 1L << 30;

    private Checks() {}

    /** Looks at the whole machine; takes about a second. */
    public static List<Check> all(Workspace workspace) {
        return List.of(jdk(), maven(workspace), disk("disk", workspace.root()));
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

    private static Check disk(String name, Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String found = "%.1f GB free for %s".formatted(free / 1e9, folder);
            return free < NEEDED ? Check.missing(name, found, "Make room: 1 GB is enough.") : Check.ok(name, found);
        } catch (IOException e) {
            return Check.missing(name, folder + " cannot be read: " + e.getMessage(), "Make it readable.");
        }
    }
}
