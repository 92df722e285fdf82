package mqworkbook.workbench.judge.learner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds folders of the workbook on disk. Maven passes the system properties {@code workbook.root} and {@code
 * workbook.lesson}; in an IDE, where there are none, the root is looked for upwards from the working directory.
 */
public final class Workbook {

    private static final String LESSONS = "lessons";

    private Workbook() {}

    /** The root of the workbook. */
    public static Optional<Path> root() {
        String given = System.getProperty("workbook.root", "");
        if (!given.isBlank()) {
            return Optional.of(Path.of(given).toAbsolutePath().normalize());
        }
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !isRoot(at)) {
            at = at.getParent();
        }
        return Optional.ofNullable(at);
    }

    /**
     * The folder for what the workbook keeps between runs on this machine and never commits: {@code .workbook} in its root,
     * or the one that the system property {@code workbook.state} names.
     */
    public static Optional<Path> state() {
        String given = System.getProperty("workbook.state", "");
        return given.isBlank() ? root().map(root -> root.resolve(".workbook")) : Optional.of(Path.of(given));
    }

    /** The folder of the lesson with this number, two digits. */
    public static Optional<Path> lesson(String number) {
        return lessons().stream()
                .filter(folder -> folder.getFileName().toString().startsWith(number + "-"))
                .findFirst();
    }

    /** The folders of all lessons. */
    static List<Path> lessons() {
        Optional<Path> folder = root().map(root -> root.resolve(LESSONS)).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder.get())) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** A path as seen from the root, with slashes; a path outside of the workbook in full. */
    public static String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path shown = root().filter(absolute::startsWith)
                .map(root -> root.relativize(absolute))
                .orElse(absolute);
        return shown.toString().replace(File.separatorChar, '/');
    }

    private static boolean isRoot(Path folder) {
        // A lesson's folder has a maven.config of its own.
        return Files.isRegularFile(folder.resolve(".mvn").resolve("maven.config"))
                && Files.isDirectory(folder.resolve(LESSONS));
    }
}
