package mqworkbook.cli.prepare;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The local repository of the Maven that has built the command line, wherever the user's settings have it.
 *
 * @param root its root folder
 */
record LocalRepository(Path root) {

    /** {@code info/picocli/picocli/4.7.7/picocli-4.7.7.jar}. */
    private static final int DEPTH = 5;

    private static final Pattern PLUGIN = Pattern.compile(
            "<artifactId>((?:build-helper-)?maven-(?:[a-z]+-)?plugin)</artifactId>\\s*<version>([^<]+)<");

    private static final String SUREFIRE = "maven-surefire-plugin";

    /** Found by one of the libraries that this JVM runs from. */
    static Optional<LocalRepository> current() {
        try {
            Path library = Path.of(CommandLine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return ofPicocli(library);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static Optional<LocalRepository> ofPicocli(Path library) {
        Path at = library;
        for (int i = 0; i < DEPTH && at != null; i++) {
            at = at.getParent();
        }
        return Optional.ofNullable(at)
                .filter(root -> root.relativize(library).startsWith(Path.of("info", "picocli", "picocli")))
                .map(LocalRepository::new);
    }

    /**
     * The plugins of the project's model that are here, and what Surefire fetches by itself when it runs the first test.
     *
     * @param model the root's {@code pom.xml}
     */
    List<Path> plugins(String model) {
        Matcher plugins = PLUGIN.matcher(model);
        return plugins.results()
                .flatMap(plugin -> plugin.group(1).equals(SUREFIRE)
                        ? Stream.of(
                                plugin("org/apache/maven/plugins", SUREFIRE, plugin.group(2)),
                                plugin("org/apache/maven/surefire", "surefire-junit-platform", plugin.group(2)))
                        : Stream.of(plugin(group(plugin.group(1)), plugin.group(1), plugin.group(2))))
                .filter(Files::exists)
                .toList();
    }

    /** The version of a plugin in the project's model. */
    static Optional<String> version(String model, String plugin) {
        return PLUGIN.matcher(model)
                .results()
                .filter(found -> found.group(1).equals(plugin))
                .map(found -> found.group(2))
                .findFirst();
    }

    private static String group(String plugin) {
        return plugin.startsWith("maven-") ? "org/apache/maven/plugins" : "org/codehaus/mojo";
    }

    private Path plugin(String group, String name, String version) {
        return root.resolve(group).resolve(name).resolve(version).resolve(name + "-" + version + ".jar");
    }
}
