package mqworkbook.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mqworkbook.cli.host.Workspace;

/** The fixture workbook of the workbench's tests, in a folder that tests may change. */
public final class FixtureWorkspace {

    private FixtureWorkspace() {}

    /** Copies it, as the launcher's build would leave it. */
    public static Workspace in(Path root) {
        Path original = Path.of(System.getProperty("workbook.root"), "workbench-tests/src/test/resources/fixture")
                .normalize();
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = root.resolve(original.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(root.resolve("pom.xml"), "<project/>");
        write(
                root.resolve("lessons/01-sums/target/launcher/classpath"),
                System.getProperty("java.class.path") + System.lineSeparator());
        return new Workspace(root);
    }

    /** Writes a file and its folders. */
    public static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces text in a file, which must be there. */
    public static void edit(Path file, String present, String changed) {
        String text = read(file);
        if (!text.contains(present)) {
            throw new IllegalArgumentException(file + " does not contain " + present);
        }
        write(file, text.replace(present, changed));
    }
}
