package mqworkbook.cli.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.LessonFiles;

/** The libraries that a lesson's build names; the launcher's own build writes them down for each lesson. */
public final class LessonClassPath {

    private LessonClassPath() {}

    /**
     * Reads the class path.
     *
     * @throws IllegalStateException if the launcher has not been built since the lesson came
     */
    public static List<Path> of(LessonFiles lesson) {
        Path file = lesson.folder().resolve("target/launcher/classpath");
        if (!Files.exists(file)) {
            throw new IllegalStateException("The class path of lesson " + lesson.name()
                    + " is not known yet. Remove the folder cli/target/launcher and run again.");
        }
        try {
            return Stream.of(Files.readString(file).strip().split(File.pathSeparator))
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
