package mqworkbook.cli.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.Suggestion;

/**
 * The checkout that the command line works in.
 *
 * @param root its root folder
 */
public record Workspace(Path root) {

    /** The checkout named by the launcher; without one, the working directory. */
    public static Workspace current() {
        return new Workspace(Path.of(System.getProperty("workbook.root", ""))
                .toAbsolutePath()
                .normalize());
    }

    /** All lessons that are there, in their order. */
    public List<LessonFiles> lessons() {
        return LessonFiles.all(root);
    }

    /**
     * The lesson called {@code 01}, {@code 1}, {@code decoupling} or {@code 01-decoupling}.
     *
     * @throws NoSuchLessonException naming the closest, or all
     */
    public LessonFiles lesson(String typed) {
        List<LessonFiles> lessons = lessons();
        return lessons.stream()
                .filter(lesson -> matches(lesson.name(), typed))
                .findFirst()
                .orElseThrow(() -> new NoSuchLessonException(typed, closest(typed, lessons), lessons));
    }

    private static boolean matches(String name, String typed) {
        String number = name.substring(0, 2);
        return typed.equals(name)
                || typed.equals(name.substring(3))
                || typed.matches("\\d{1,2}") && Integer.parseInt(typed) == Integer.parseInt(number);
    }

    private static Optional<LessonFiles> closest(String typed, List<LessonFiles> lessons) {
        Function<LessonFiles, String> word = lesson -> lesson.name().substring(3);
        return Suggestion.closest(typed, lessons, LessonFiles::name).or(() -> Suggestion.closest(typed, lessons, word));
    }

    /** The file as it is told to the learner: relative to the checkout where it lies in it. */
    public String display(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(root) ? root.relativize(absolute).toString() : absolute.toString();
    }

    /** The folder for what is kept between runs and never committed. */
    public Path state() {
        return root.resolve(".workbook");
    }

    /** Whether this is a checkout of the workbook at all. */
    public boolean exists() {
        return Files.isDirectory(root.resolve("lessons")) && Files.exists(root.resolve("pom.xml"));
    }
}
