package mqworkbook.cli.learner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;

/** The hints of one step, each a level that tells more than the one before. */
public record Hints(List<String> texts) {

    private static final Pattern HEADING = Pattern.compile("(?m)^## Hint\\b.*$");

    /**
     * Reads {@code hints/step-N.md} of the lesson.
     *
     * @throws AnswerException if the step has none
     */
    public static Hints of(LessonFiles lesson, int step) {
        Path file = lesson.folder().resolve("hints/step-" + step + ".md");
        if (!Files.exists(file)) {
            throw new AnswerException("There are no hints for step " + step + " of lesson " + lesson.name() + ".");
        }
        try {
            // What comes before the first heading is the page's title.
            return new Hints(Stream.of(HEADING.split(Files.readString(file)))
                    .skip(1)
                    .map(String::strip)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
