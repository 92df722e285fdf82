package mqworkbook.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.workbench.answer.LessonFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonPartsTest {

    @TempDir
    Path root;

    @Test
    void whatALessonLacksIsNamed() {
        LessonFiles lesson = FixtureWorkspace.in(root).lesson("01");
        FixtureWorkspace.write(lesson.folder().resolve("README.md"), "# Sums\n");
        FixtureWorkspace.write(lesson.folder().resolve("hints/step-1.md"), "## Hint 1\n\n## Hint 2\n");

        assertThat(LessonParts.missing(lesson, new TreeSet<>(List.of(1, 2))))
                .containsExactly(
                        "solutions/01-sums/reference/NOTES.md is missing.",
                        "lessons/01-sums/hints/step-1.md has 2 hints and needs 3, each under a heading \"## Hint N\".",
                        "lessons/01-sums/hints/step-2.md is missing.",
                        "There are 1 mistakes; a lesson has at least 6.",
                        "There are 1 alternatives; a lesson has at least 2.");
    }
}
