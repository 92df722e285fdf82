package mqworkbook.workbench.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MistakeHeaderTest {

    private static final Path FILE = Path.of("Topology.java");
    private static final String COMPLETE = """
            // Mistake:   auto-ack
            // Wrong:     The broker forgets the message when it hands it over.
            // Shows as:  A handful of orders were never shipped.
            // Caught in: step 4
            // Says:      "before the work was done"; "E-"
            package mqworkbook.decoupling;
            """;

    @TempDir
    Path root;

    @Test
    void aCompleteHeaderIsRead() {
        assertThat(MistakeHeader.parse(COMPLETE, FILE))
                .isEqualTo(new MistakeHeader(
                        "auto-ack",
                        "The broker forgets the message when it hands it over.",
                        "A handful of orders were never shipped.",
                        4,
                        List.of("before the work was done", "E-")));
    }

    @Test
    void aTextMayGoOnInTheNextLine() {
        LessonFiles lesson = Fixture.in(root);

        MistakeHeader header = MistakeHeader.of(lesson.mistakes().get(0));

        assertThat(header.wrong()).isEqualTo("The sum starts at one, so that every sum is one too large.");
        assertThat(header.says()).containsExactly("one too many", "expected 6");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    // Shows as:   | // Appears as: | needs a line "// Shows as: ..."
                    // Mistake:    | // Title:      | needs a line "// Mistake: ..."
                    step 4         | the fourth     | must read like "step 4", not "the fourth"
                    "E-"           | E-             | phrases in double quotes
                    done"; "E-"    | done", "E-"    | phrases in double quotes
                    """)
    void whatIsMissingIsNamed(String present, String changed, String problem) {
        String source = COMPLETE.replace(present, changed);

        assertThatThrownBy(() -> MistakeHeader.parse(source, FILE))
                .isInstanceOf(AnswerException.class)
                .hasMessageStartingWith("Topology.java: ")
                .hasMessageContaining(problem);
    }

    @Test
    void aHeaderForAnotherFolderIsAnError() {
        LessonFiles lesson = Fixture.in(root);
        Path mistake = lesson.mistakes().get(0);
        Path file = mistake.resolve("mqworkbook/sums/Sums.java");
        Fixture.write(file, Fixture.read(file).replace("off-by-one", "off-by-two"));

        assertThatThrownBy(() -> MistakeHeader.of(mistake))
                .isInstanceOf(AnswerException.class)
                .hasMessageContainingAll("names the mistake off-by-two", "its folder is called off-by-one");
    }
}
