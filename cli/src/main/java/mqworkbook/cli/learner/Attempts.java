package mqworkbook.cli.learner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.LessonFiles;

/** The learner's earlier attempts at a lesson, each in {@code .workbook/attempts/LESSON/TIME}. They are never removed. */
public final class Attempts {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

    private final LessonFiles lesson;
    private final Path folder;

    private Attempts(LessonFiles lesson, Path folder) {
        this.lesson = lesson;
        this.folder = folder;
    }

    public static Attempts of(Workspace workspace, LessonFiles lesson) {
        return new Attempts(lesson, workspace.state().resolve("attempts").resolve(lesson.name()));
    }

    /** The attempt that was kept last. */
    public Optional<Path> last() {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> attempts = Files.list(folder)) {
            return attempts.filter(Files::isDirectory).max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty folder beside the attempts, for files that are to replace the learner's. */
    public Path draft() {
        Path draft = folder.resolveSibling(lesson.name() + ".draft");
        Mirror.ofNothing().into(draft);
        return draft;
    }

    /** Removes it when its files have replaced the learner's. */
    public void removeDraft() {
        try {
            Files.delete(draft());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the learner's files as they are now, and moves the result of their last run to them. */
    public Path keep() {
        Path attempt = folder.resolve(name(LocalDateTime.now()));
        try {
            Mirror.of(lesson.skeleton()).into(attempt.resolve("sources"));
            Path result = lesson.result("skeleton");
            if (Files.exists(result)) {
                Files.move(result, attempt.resolve("workbook-result.json"));
            }
            return attempt;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the learner's files are those of the attempt. */
    public boolean isAsNow(Path attempt) {
        return Mirror.of(attempt.resolve("sources")).isIn(lesson.skeleton());
    }

    /** Makes the learner's files those of the attempt; it stays where it is. */
    public void bringBack(Path attempt) {
        try {
            Mirror.of(attempt.resolve("sources")).into(lesson.skeleton());
            Path result = attempt.resolve("workbook-result.json");
            if (Files.exists(result)) {
                Files.createDirectories(lesson.result("skeleton").getParent());
                Files.copy(
                        result,
                        lesson.result("skeleton"),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Later than the last one, also within one second or after the clock was set back. */
    private String name(LocalDateTime now) {
        LocalDateTime after = last().map(
                        attempt -> LocalDateTime.parse(attempt.getFileName().toString(), TIME))
                .map(last -> last.plusSeconds(1))
                .orElse(now);
        return TIME.format(after.isAfter(now) ? after : now);
    }
}
