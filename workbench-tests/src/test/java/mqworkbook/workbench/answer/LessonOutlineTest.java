package mqworkbook.workbench.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonOutlineTest {

    @TempDir
    Path root;

    @Test
    void annotationsTellTitleAndStepsInTheOrderOfTheirNumbers() throws IOException {
        LessonFiles lesson = new LessonFiles(root, "01-sums");
        Files.createDirectories(lesson.tests().resolve("sums"));
        Files.writeString(lesson.tests().resolve("sums/SumsTest.java"), """
                package sums;

                @Lesson(number = "01", title = "Sums: " + "one and one")
                class SumsTest {
                    @Step(value = 2, minutes = 7, core = false, write = "Sums#all")
                    @DisplayName("All of them")
                    class Second {}

                    @Step(1)
                    class First {}
                }
                """);

        LessonOutline outline = LessonOutline.of(lesson);

        assertThat(outline.title()).isEqualTo("Sums: one and one");
        assertThat(outline.steps())
                .containsExactly(
                        new LessonOutline.Step(1, "First", 10, true, ""),
                        new LessonOutline.Step(2, "All of them", 7, false, "Sums#all"));
    }

    @Test
    void aLessonWithoutTestsHasItsNameAndNoSteps() {
        LessonOutline outline = LessonOutline.of(new LessonFiles(root, "01-sums"));

        assertThat(outline).isEqualTo(new LessonOutline("01-sums", List.of()));
    }
}
