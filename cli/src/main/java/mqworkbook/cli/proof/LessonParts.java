package mqworkbook.cli.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.StepProperties;

/** Checks that a lesson has every part that learners and instructors rely on. */
public final class LessonParts {

    private static final int HINTS = 3;
    private static final int MISTAKES = 6;
    private static final int ALTERNATIVES = 2;

    private LessonParts() {}

    /**
     * What the lesson lacks.
     *
     * @param steps the numbers of its steps
     */
    public static List<String> missing(LessonFiles lesson, SortedSet<Integer> steps) {
        List<String> missing = new ArrayList<>();
        need(lesson, missing, lesson.folder().resolve("README.md"));
        need(lesson, missing, lesson.given());
        need(lesson, missing, lesson.tests());
        need(lesson, missing, lesson.reference());
        need(lesson, missing, lesson.reference().resolve("NOTES.md"));
        for (int step : steps) {
            Path hints = lesson.folder().resolve("hints/step-" + step + ".md");
            need(lesson, missing, hints);
            long found = Files.exists(hints) ? hints(hints) : HINTS;
            if (found != HINTS) {
                missing.add("%s has %d hints and needs %d, each under a heading \"## Hint N\"."
                        .formatted(lesson.root().relativize(hints), found, HINTS));
            }
        }
        missing.addAll(unclaimedProperties(lesson));
        atLeast(missing, lesson.mistakes().size(), MISTAKES, "mistakes");
        atLeast(missing, lesson.alternatives().size(), ALTERNATIVES, "alternatives");
        return missing;
    }

    private static void need(LessonFiles lesson, List<String> missing, Path part) {
        if (!Files.exists(part)) {
            missing.add(lesson.root().relativize(part) + " is missing.");
        }
    }

    private static void atLeast(List<String> missing, int found, int needed, String what) {
        if (found < needed) {
            missing.add("There are %d %s; a lesson has at least %d.".formatted(found, what, needed));
        }
    }

    private static List<String> unclaimedProperties(LessonFiles lesson) {
        try {
            return Files.isDirectory(lesson.tests()) ? StepProperties.unclaimed(lesson.tests()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long hints(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("## Hint "))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
