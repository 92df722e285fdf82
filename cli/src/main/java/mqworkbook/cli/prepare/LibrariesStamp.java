package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.cache.Fingerprint;

/**
 * Remembers that a build has gone well for these lessons, so that it need not run again to find that out: until a model
 * changes or a file that it used is gone.
 */
final class LibrariesStamp {

    private static final String LESSON = "lesson ";

    private final Path file;
    private final String key;

    /**
     * A stamp.
     *
     * @param key what the build depends on besides files
     */
    LibrariesStamp(Path file, String key) {
        this.file = file;
        this.key = key;
    }

    /** What the project's models say, and who reads them. */
    static String key(Path root, String maven) {
        Fingerprint key = new Fingerprint().text(maven);
        models(root).forEach(model -> key.text(read(model)));
        return key.toString();
    }

    /** Whether the lessons were built, and everything that they were built with is still there. */
    boolean covers(Collection<LessonFiles> lessons) {
        List<String> lines = lines();
        return !lines.isEmpty()
                && lessons.stream().allMatch(lesson -> lines.contains(LESSON + lesson.name()))
                && lines.stream()
                        .skip(1)
                        .filter(line -> !line.startsWith(LESSON))
                        .allMatch(used -> Files.exists(Path.of(used)));
    }

    /** Writes down that they were built with these files. */
    void add(Collection<LessonFiles> lessons, Collection<Path> used) {
        SortedSet<String> lines = new TreeSet<>(lines().stream().skip(1).toList());
        lessons.forEach(lesson -> lines.add(LESSON + lesson.name()));
        used.forEach(path -> lines.add(path.toString()));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Stream.concat(Stream.of(key), lines.stream()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when there is no stamp, or one of another build. */
    private List<String> lines() {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return !lines.isEmpty() && lines.get(0).equals(key) ? lines : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> models(Path root) {
        try (Stream<Path> files = Files.find(root, 3, (path, kind) -> path.endsWith("pom.xml"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
