package mqworkbook.cli.host;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mqworkbook.workbench.answer.LessonFiles;

/** There is no lesson of this name. */
public final class NoSuchLessonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoSuchLessonException(String typed, Optional<LessonFiles> closest, List<LessonFiles> lessons) {
        super("There is no lesson " + typed + ". "
                + closest.map(lesson -> "Did you mean " + lesson.name() + "?")
                        .orElseGet(() -> lessons.stream()
                                .map(LessonFiles::name)
                                .collect(Collectors.joining(", ", "The lessons are ", "."))));
    }
}
