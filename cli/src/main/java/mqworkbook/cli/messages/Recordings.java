package mqworkbook.cli.messages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.LessonFiles;

/**
 * The recorded messages of a lesson: {@code solutions/LESSON/messages/ANSWER.txt}.
 *
 * @param folder need not exist
 */
public record Recordings(Path folder) {

    private static final String ENDING = ".txt";

    /** Those of a lesson. */
    public static Recordings of(LessonFiles lesson) {
        return new Recordings(lesson.messages());
    }

    /** The recording of one answer; without faces where there is none. */
    public Recording read(String answer) {
        Path file = file(answer);
        try {
            return Files.exists(file) ? Recording.parse(Files.readString(file)) : new Recording(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("The recording could not be read: " + file, e);
        }
    }

    /** The recording of a mistake, by its folder's name. */
    public Recording ofMistake(String name) {
        return read("mistake-" + name);
    }

    /** Replaces the recording of one answer. */
    public void write(String answer, Recording recording) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file(answer), recording.text());
        } catch (IOException e) {
            throw new UncheckedIOException("The recording could not be written: " + file(answer), e);
        }
    }

    /** Removes the recording of one answer. */
    public void remove(String answer) {
        try {
            Files.deleteIfExists(file(answer));
        } catch (IOException e) {
            throw new UncheckedIOException("The recording could not be removed: " + file(answer), e);
        }
    }

    /** The answers that have one, by name. */
    public List<String> answers() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the recording of one answer lies. */
    public Path file(String answer) {
        return folder.resolve(answer + ENDING);
    }
}
