package mqworkbook.workbench.brokers.jvm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.process.Command;
import mqworkbook.workbench.judge.learner.Workbook;

/**
 * The files that a server is run from, resolved by the build: the module {@code servers/NAME} writes its class path into
 * {@code target/classpath}. Where no build has run, as in an IDE, Maven is run for that module, once.
 */
public final class ServerLibraries {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(8);

    private final Path modules;
    private final String name;

    private ServerLibraries(Path modules, String name) {
        this.modules = modules;
        this.name = name;
    }

    /** Those of the module {@code servers/NAME} of this workbook. */
    public static ServerLibraries of(String name) {
        Path root = Workbook.root()
                .orElseThrow(() -> new BrokerUnavailableException("The workbook's folder is not found from "
                        + Path.of("").toAbsolutePath() + ": run below it, or name it with -Dworkbook.root=FOLDER"));
        return new ServerLibraries(root.resolve("servers"), name);
    }

    /** The module's name: {@code kafka}. */
    String name() {
        return name;
    }

    /** Whether the build has resolved them, and they are still there. */
    public boolean present() {
        return resolved().isPresent();
    }

    /**
     * The libraries, without what is compiled here; resolved first if need be.
     *
     * @throws BrokerUnavailableException with the command that mends it
     */
    public List<Path> jars() {
        return resolved().orElseGet(this::resolve);
    }

    /** The folders of classes that are compiled here and belong on the server's class path. */
    List<Path> ownClasses() {
        return Stream.of(name, "common")
                .map(module -> modules.resolve(module).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
    }

    private Optional<List<Path>> resolved() {
        List<Path> jars = new ArrayList<>();
        try {
            String file = Files.readString(modules.resolve(name).resolve("target/classpath"));
            for (String each : file.strip().split(File.pathSeparator)) {
                Path path = Path.of(each);
                if (!path.startsWith(modules)) {
                    jars.add(path);
                }
            }
        } catch (IOException neverBuilt) {
            return Optional.empty();
        }
        return jars.stream().allMatch(Files::isRegularFile) ? Optional.of(List.copyOf(jars)) : Optional.empty();
    }

    private List<Path> resolve() {
        System.out.println("Maven fetches the libraries of servers/" + name + " (once) ...");
        boolean windows = File.separatorChar == '\\';
        Path root = modules.getParent();
        Path wrapper = root.resolve(windows ? "mvnw.cmd" : "mvnw");
        String module = "servers/" + name;
        String mending = "run \"./mvnw compile -pl " + module + "\" in " + root;
        try {
            Command.Result result = Command.of(
                            wrapper.toString(), "--batch-mode", "-q", "-ntp", "compile", "-pl", module, "-am")
                    .in(root)
                    .run(BUILD_LIMIT);
            if (!result.succeeded()) {
                throw new BrokerUnavailableException(
                        "Maven cannot fetch the libraries of " + module + " (" + firstError(result) + "): " + mending);
            }
        } catch (IOException e) {
            throw new BrokerUnavailableException("Maven cannot be run (" + e.getMessage() + "): " + mending, e);
        }
        return resolved()
                .orElseThrow(() -> new BrokerUnavailableException(
                        "The libraries of " + module + " are not where Maven says they are: " + mending));
    }

    private static String firstError(Command.Result result) {
        return result.output()
                .lines()
                .filter(line -> line.contains("ERROR"))
                .map(line -> line.replaceFirst("^.*ERROR\\S*\\s*", "").strip())
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElseGet(result::lastLine);
    }
}
