package mqworkbook.workbench.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the parts of one lesson lie.
 *
 * @param root the workbook's root folder, absolute
 * @param name the lesson's folder name: {@code 01-decoupling}
 */
public record LessonFiles(Path root, String name) {

    public LessonFiles {
        root = root.toAbsolutePath().normalize();
    }

    /** All lessons of the workbook, in their order. */
    public static List<LessonFiles> all(Path root) {
        return folders(root.resolve("lessons")).stream()
                .map(folder -> new LessonFiles(root, folder.getFileName().toString()))
                .filter(lesson -> lesson.name().matches("\\d\\d-.+"))
                .toList();
    }

    /** The lesson's own folder. */
    public Path folder() {
        return root.resolve("lessons").resolve(name);
    }

    /** What the learner edits. */
    public Path skeleton() {
        return folder().resolve("src/main/java");
    }

    /** The world as handed over; no answer may change it. */
    public Path given() {
        return folder().resolve("src/given/java");
    }

    /** The judge. */
    public Path tests() {
        return folder().resolve("src/test/java");
    }

    /** What the judge reads besides its classes; need not exist. */
    public Path testResources() {
        return folder().resolve("src/test/resources");
    }

    /** What the last run of an answer has left; the learner's own is called {@code skeleton}. Need not exist. */
    public Path result(String answer) {
        return folder().resolve("target").resolve(answer).resolve("workbook-result.json");
    }

    /** The folder with the reference, the alternatives and the mistakes. */
    public Path solutions() {
        return root.resolve("solutions").resolve(name);
    }

    /** The reference: every file that the learner edits, complete. */
    public Path reference() {
        return solutions().resolve("reference");
    }

    /** Folders with other correct answers, by name. */
    public List<Path> alternatives() {
        return folders(solutions().resolve("alternatives"));
    }

    /** Folders with wrong answers, by name. */
    public List<Path> mistakes() {
        return folders(solutions().resolve("mistakes"));
    }

    /** What the judge says to wrong and unfinished answers, recorded; need not exist. */
    public Path messages() {
        return solutions().resolve("messages");
    }

    /** Everything that {@code answer=} may name within this lesson's solutions. */
    public List<Path> knownAnswers() {
        List<Path> known = new ArrayList<>();
        known.add(reference());
        known.addAll(alternatives());
        known.addAll(mistakes());
        return known;
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
