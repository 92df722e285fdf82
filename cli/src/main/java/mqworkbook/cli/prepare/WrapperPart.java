package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mqworkbook.cli.host.Command;

/** The Maven that {@code ./mvnw} runs, where the wrapper looks for it. */
public final class WrapperPart implements Part {

    private static final Pattern DISTRIBUTION = Pattern.compile("(?m)^distributionUrl=.*/([^/\\s]+?)(?:-bin)?\\.zip");

    private final Path root;

    public WrapperPart(Path root) {
        this.root = root;
    }

    @Override
    public String name() {
        return "Wrapper";
    }

    @Override
    public Optional<String> present() {
        return folder().map(folder -> "./mvnw runs " + distribution());
    }

    @Override
    public Optional<Path> target() {
        return Optional.of(distributions().resolve(distribution()));
    }

    @Override
    public String make() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Command.Result result = Command.in(
                        root,
                        List.of(root.resolve(windows ? "mvnw.cmd" : "mvnw").toString(), "--version"))
                .run();
        if (folder().isEmpty()) {
            String said = result.lines().isEmpty()
                    ? ""
                    : result.lines().get(result.lines().size() - 1).strip();
            throw new PartFailedException("The Maven that ./mvnw runs cannot be fetched (" + said
                    + "): check the network, and run \"./mvnw --version\"");
        }
        return present().orElseThrow();
    }

    /** {@code dists/apache-maven-3.9.16/56ba1f9f}: the last name is the wrapper's own. */
    Optional<Path> folder() {
        Path versions = distributions().resolve(distribution());
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.filter(folder -> Files.exists(folder.resolve("bin/mvn")))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the wrapper's script has it. */
    static Path distributions() {
        String chosen = System.getenv("MAVEN_USER_HOME");
        String home = Optional.ofNullable(System.getenv("HOME")).orElse(System.getProperty("user.home"));
        Path user = chosen == null || chosen.isBlank() ? Path.of(home, ".m2") : Path.of(chosen);
        return user.resolve("wrapper/dists");
    }

    private String distribution() {
        try {
            Matcher name =
                    DISTRIBUTION.matcher(Files.readString(root.resolve(".mvn/wrapper/maven-wrapper.properties")));
            return name.find() ? name.group(1) : "apache-maven";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
