package mqworkbook.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The profiles of the project's build, and the properties that its build or its judge asks for. */
final class ProjectNames {

    private final Path root;
    private String builds;
    private String sources;

    ProjectNames(Path root) {
        this.root = root;
    }

    boolean hasProfile(String name) {
        return Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)?<id>" + Pattern.quote(name) + "</id>", Pattern.DOTALL)
                .matcher(builds())
                .find();
    }

    /** Whether a build file sets, passes or asks for it, or code reads one of that name. */
    boolean hasProperty(String name) {
        return Stream.of("<" + name + ">", "<name>" + name + "</name>", "<name>!" + name + "</name>", "${" + name + "}")
                        .anyMatch(builds()::contains)
                || sources().contains("\"" + name + "\"");
    }

    private String builds() {
        if (builds == null) {
            builds = text(root, 3, "pom.xml");
        }
        return builds;
    }

    private String sources() {
        if (sources == null) {
            sources = text(root.resolve("workbench/src/main"), Integer.MAX_VALUE, ".java");
        }
        return sources;
    }

    private static String text(Path folder, int depth, String ending) {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.walk(folder, depth)) {
            StringBuilder text = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                text.append(Files.readString(file)).append('\n');
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
