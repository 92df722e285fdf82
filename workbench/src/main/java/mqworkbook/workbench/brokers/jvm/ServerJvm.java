package mqworkbook.workbench.brokers.jvm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Supply;
import mqworkbook.workbench.brokers.cache.Fingerprint;
import mqworkbook.workbench.brokers.cache.UserCache;

/** How one server's JVM is started: its class path and flags, and its class-data archive. */
public final class ServerJvm {

    private final BrokerKind kind;
    private final String mainClass;
    private final List<String> flags = new ArrayList<>();
    private final UserCache cache;
    private final ServerLibraries libraries;

    /**
     * A server's JVM.
     *
     * @param flags besides those that hold for every server
     */
    public ServerJvm(BrokerKind kind, String mainClass, List<String> flags, UserCache cache) {
        this.kind = kind;
        this.mainClass = mainClass;
        this.cache = cache;
        this.libraries = ServerLibraries.of(kind.name().toLowerCase(Locale.ROOT));
        this.flags.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        this.flags.addAll(List.of("-Xshare:auto", "-Xlog:disable", "-Xlog:all=error:stderr"));
        if (Runtime.version().feature() >= 24) {
            this.flags.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        this.flags.addAll(flags);
    }

    /** Writes what a server needs that is started in that folder, and tells the main class's arguments. */
    @FunctionalInterface
    public interface Arguments {
        List<String> in(Path folder) throws IOException;
    }

    /** Whether nothing has to be fetched or made before a start. */
    public boolean isPrepared() {
        return libraries.present() && !libraries.ownClasses().isEmpty() && cache.has(archiveEntry());
    }

    /** What it is run from, there or not. */
    public List<Supply> supplies() {
        if (!libraries.present() || libraries.ownClasses().isEmpty()) {
            return List.of(Supply.missing("libraries"), Supply.missing("class-data archive"));
        }
        int jars = libraries.jars().size();
        Supply found = Supply.there("libraries", jars + " jars, as servers/" + libraries.name() + " names them");
        if (!cache.has(archiveEntry())) {
            return List.of(found, Supply.missing("class-data archive"));
        }
        Path archive = archive();
        String told = Files.exists(archive) ? "in " + archive : "none can be made here, so starts take longer";
        return List.of(found, Supply.there("class-data archive", told));
    }

    /** The version of one of its libraries, after its file's name. */
    public String version(String artifact) {
        return libraries.jars().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> name.matches(Pattern.quote(artifact) + "-[0-9].*\\.jar"))
                .map(name -> name.substring(artifact.length() + 1, name.length() - ".jar".length()))
                .findFirst()
                .orElse("unknown");
    }

    /** Fetches and makes what is needed once; one line on standard output says so. */
    public void prepare(Arguments rehearsal) {
        libraries.jars();
        cache.get(archiveEntry(), folder -> new ClassArchive(kind, this).make(folder, rehearsal));
    }

    /**
     * The command that starts the server.
     *
     * @param folder for its temporary files and its home
     */
    public ProcessBuilder command(Path folder, List<String> arguments) {
        Path archive = archive();
        return command(
                folder, Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of(), arguments);
    }

    ProcessBuilder command(Path folder, List<String> moreFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(moreFlags);
        command.addAll(List.of("-Djava.io.tmpdir=" + folder, "-Duser.home=" + folder));
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // Meant for the learner's JVM, and answered with a line on standard error.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    private String classPath() {
        return Stream.concat(Stream.of(launcher()), libraries.jars().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The classes that are compiled here, in a jar: class-data archives know no folders. */
    private Path launcher() {
        List<Path> own = libraries.ownClasses();
        String entry = "launcher-" + libraries.name() + "-" + new Fingerprint().contents(own);
        return cache.get(entry, folder -> LauncherJar.write(own, folder.resolve("launcher.jar")))
                .resolve("launcher.jar");
    }

    private Path archive() {
        return cache.root().resolve(archiveEntry()).resolve(ClassArchive.FILE);
    }

    private String archiveEntry() {
        Fingerprint key = new Fingerprint()
                .text(Runtime.version() + System.getProperty("java.home") + System.getProperty("os.arch"))
                .text(String.join(" ", flags))
                .text(launcher().toString())
                .files(libraries.jars());
        return "classes-" + libraries.name() + "-" + key;
    }
}
