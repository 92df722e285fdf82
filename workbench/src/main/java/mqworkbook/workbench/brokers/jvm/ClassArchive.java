package mqworkbook.workbench.brokers.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.process.Command;

/**
 * A class-data archive, which halves a server's start. It is made once for each JDK, set of libraries and flags: the
 * server is started in a rehearsal, serves a client, ends, and its JVM writes down the classes that it has loaded. Where
 * that fails the server starts without one.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class Data Sharing, JDK 17</a>
 */
final class ClassArchive {

    static final String FILE = "classes.jsa";

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final BrokerKind kind;
    private final ServerJvm jvm;

    ClassArchive(BrokerKind kind, ServerJvm jvm) {
        this.kind = kind;
        this.jvm = jvm;
    }

    /** Leaves the archive in the folder, or what the rehearsal said in its place. */
    void make(Path folder, ServerJvm.Arguments rehearsal) throws IOException {
        System.out.println(kind.displayName() + "'s classes are archived for quick starts (once, some seconds) ...");
        Path archive = folder.resolve(FILE);
        Path work = Files.createDirectory(folder.resolve("rehearsal"));
        try {
            List<String> flags = List.of("-XX:ArchiveClassesAtExit=" + archive, "-Dworkbook.rehearsal=true");
            Command.Result result =
                    Command.of(jvm.command(work, flags, rehearsal.in(work))).run(LIMIT);
            if (!result.succeeded()) {
                Files.deleteIfExists(archive);
                Files.writeString(folder.resolve("rehearsal.txt"), result.output());
            }
        } finally {
            UserCache.delete(work);
        }
    }
}
