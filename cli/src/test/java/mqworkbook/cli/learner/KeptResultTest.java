package mqworkbook.cli.learner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.workbench.answer.LessonFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link KeptResult}. */
class KeptResultTest {

    private static final String WHOLE = """
            {"lesson": "01", "message": "Step 2, wrong: b", "steps": [
              {"number": 1, "state": "DONE", "passed": 1, "methods": 1, "tests": [{"name": "a", "state": "PASSED"}]},
              {"number": 2, "state": "WRONG", "passed": 1, "methods": 3, "tests": [
                {"name": "x", "state": "PASSED"}, {"name": "b", "state": "FAILED", "text": "old"},
                {"name": "c", "state": "SKIPPED"}]}]}
            """;
    private static final String ALONE = """
            {"lesson": "01", "message": "Step 2, wrong: b, anew", "steps": [
              {"number": 1, "state": "NOT_RUN", "passed": 0, "methods": 1, "tests": []},
              {"number": 2, "state": "WRONG", "passed": 0, "methods": 3, "tests": [
                {"name": "b", "state": "FAILED", "text": "new"}]}]}
            """;

    @TempDir
    Path root;

    private LessonFiles lesson;
    private Path file;

    @BeforeEach
    void place() throws IOException {
        lesson = new LessonFiles(root, "01-sums");
        file = lesson.result("skeleton");
        Files.createDirectories(file.getParent());
    }

    @Test
    void whatWasNotAskedForStaysAsItWas() throws IOException {
        Files.writeString(file, WHOLE);
        KeptResult kept = KeptResult.of(lesson);
        Files.writeString(file, ALONE);

        kept.completeNewer();

        assertJson("""
                {"lesson": "01", "message": "Step 2, wrong: b, anew", "steps": [
                  {"number": 1, "state": "DONE", "passed": 1, "methods": 1, "tests": [{"name": "a", "state": "PASSED"}]},
                  {"number": 2, "state": "WRONG", "passed": 1, "methods": 3, "tests": [
                    {"name": "b", "state": "FAILED", "text": "new"}, {"name": "x", "state": "PASSED"},
                    {"name": "c", "state": "SKIPPED"}]}]}
                """);
    }

    @Test
    void withoutAnEarlierResultTheNewOneStays() throws IOException {
        KeptResult kept = KeptResult.of(lesson);
        Files.writeString(file, ALONE);

        kept.completeNewer();

        assertThat(file).hasContent(ALONE);
    }

    @Test
    void aRunThatLeftNothingChangesNothing() throws IOException {
        Files.writeString(file, WHOLE);

        KeptResult.of(lesson).completeNewer();

        assertThat(file).hasContent(WHOLE);
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws IOException {
        Files.writeString(file, WHOLE.substring(0, 60));
        KeptResult kept = KeptResult.of(lesson);
        Files.writeString(file, ALONE);

        kept.completeNewer();

        assertThat(file).hasContent(ALONE);
    }

    private void assertJson(String expected) throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(Files.readString(file))).isEqualTo(json.readTree(expected));
    }
}
