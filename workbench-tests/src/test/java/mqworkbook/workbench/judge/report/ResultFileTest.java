package mqworkbook.workbench.judge.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link ResultJson} and {@link ResultFile}. */
class ResultFileTest {

    private final LessonResult lesson = new LessonResult(
            "01",
            "Decoupling",
            List.of(new StepResult(
                    1,
                    "The \"contract\"",
                    true,
                    5,
                    "",
                    StepState.WRONG,
                    0,
                    2,
                    List.of(
                            new TestResult("a", "read", TestResult.State.PASSED, null, "", 3),
                            new TestResult(
                                    "b",
                                    "written",
                                    TestResult.State.FAILED,
                                    Wrong.that("Not JSON").seen("a\\b\t\u00e9"),
                                    "",
                                    4)))),
            List.of());

    @Test
    void aResultAsJson() {
        assertThat(ResultJson.of(lesson, "Step 1, wrong\n", "0123456789ab")).isEqualTo("""
                {"lesson": "01", "title": "Decoupling", "complete": false, "sources": "0123456789ab",
                 "message": "Step 1, wrong",
                 "steps": [
                  {"number": 1, "title": "The \\"contract\\"", "core": true, "minutes": 5, "state": "WRONG", \
                "waitingFor": 0, "passed": 1, "methods": 2,
                   "tests": [
                    {"name": "read", "state": "PASSED", "millis": 3, "text": ""},
                    {"name": "written", "state": "FAILED", "millis": 4, \
                "text": "Not JSON\\n  Seen: a\\\\b\\u0009\\u00e9"}]}]}
                """);
    }

    @Test
    void theFileIsReplacedAsAWhole(@TempDir Path folder) throws IOException {
        LessonFiles lesson = new LessonFiles(folder, "01-sums");
        Path file = lesson.result("skeleton");
        new ResultFile(lesson, "skeleton").write("old");
        new ResultFile(lesson, "skeleton").write("new");
        assertThat(file).hasContent("new");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }
}
