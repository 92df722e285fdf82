package mqworkbook.workbench.answer;

import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Prepares {@code mvn test -Danswer=FOLDER}; called by the lessons' build before anything is compiled. */
public final class MavenAnswer {

    private MavenAnswer() {}

    /**
     * Merges the answer into {@code target/answer-NAME-HASH/sources} of the lesson.
     *
     * @param lessonFolder the lesson's module
     * @param answer the folder; a relative path counts from where Maven was called
     * @param over {@code skeleton}, {@code reference}, or null for the rule of {@link Answer#at(LessonFiles, Path)}
     * @return the build folder for this answer alone, so that class files of different answers never mix
     * @throws AnswerException if the folder is no answer to this lesson
     */
    public static File merge(File lessonFolder, String answer, String over) {
        Path folder = lessonFolder.toPath().toAbsolutePath().normalize();
        Path root = folder.getParent().getParent();
        LessonFiles lesson = new LessonFiles(root, folder.getFileName().toString());
        try {
            Answer merged = Answer.at(lesson, Path.of(answer), base(over));
            Path build = folder.resolve("target").resolve(merged.id());
            merged.mergeInto(build.resolve("sources"));
            return build.toFile();
        } catch (AnswerException e) {
            // Maven puts the names of its plugin before the message; it gets a line of its own.
            throw new AnswerException("%n%n%s%n".formatted(e.getMessage()));
        }
    }

    private static Optional<Answer.Base> base(String over) {
        if (over == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Answer.Base.valueOf(over.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new AnswerException("-Danswer.over is " + over + ". It can be skeleton or reference.");
        }
    }
}
