package mqworkbook.workbench.judge.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.story.Scene;
import mqworkbook.workbench.story.Story;
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
    void theStoryOfAFailedTestStandsInIt() {
        Story story = new Story(
                List.of("shop", "RabbitMQ"),
                List.of(
                        new Scene(0, "shop", "RabbitMQ", "publish", "E-\"1\"", "to orders", true, false, 0),
                        new Scene(2.5, "", "", "", "", "", false, false, 7),
                        new Scene(3.25, "shop", "shop", "dies", "", "", false, true, 0)));
        TestResult failed =
                new TestResult("a", "published", TestResult.State.FAILED, Wrong.that("E-1 is lost"), "", 1, story);
        StepResult step = new StepResult(1, "Publish", true, 5, "", StepState.WRONG, 0, 1, List.of(failed));

        assertThat(ResultJson.of(new LessonResult("01", "Decoupling", List.of(step), List.of()), "", ""))
                .contains("""
                        "text": "E-1 is lost",
                             "story": {"lanes": ["shop", "RabbitMQ"], "scenes": [
                              {"millis": 0.0, "from": "shop", "to": "RabbitMQ", "what": "publish", "message": "E-\\"1\\"", \
                        "detail": "to orders", "marked": true},
                              {"millis": 2.5, "more": 7},
                              {"millis": 3.3, "from": "shop", "to": "shop", "what": "dies", "harm": true}]}}]}]}
                        """);
    }

    @Test
    void withoutMavenTheFolderOfTheTestsTellsTheAnswer(@TempDir Path root) {
        Path built = root.resolve("lessons/06-sums/target/skeleton");
        List<Path> classPath = List.of(
                root.resolve("workbench/target/classes"), built.resolve("classes"), built.resolve("test-classes"));
        ResultFile.ofBuild(root, classPath).orElseThrow().write("{}");
        assertThat(new LessonFiles(root, "06-sums").result("skeleton")).hasContent("{}");
    }

    @Test
    void foldersThatTheBuildDoesNotKnowTellNothing(@TempDir Path root) {
        List<Path> classPath = List.of(
                root.resolve("lessons/06-sums/bin/test-classes"),
                root.resolve("lessons/06-sums/target/skeleton/classes"),
                root.resolve("other/06-sums/target/skeleton/test-classes"),
                Path.of("/elsewhere/lessons/06-sums/target/skeleton/test-classes"));
        assertThat(ResultFile.ofBuild(root, classPath)).isEmpty();
    }

    @Test
    void theFileIsReplacedAsAWhole(@TempDir Path folder) throws IOException {
        LessonFiles place = new LessonFiles(folder, "01-sums");
        Path file = place.result("skeleton");
        new ResultFile(place, "skeleton").write("old");
        new ResultFile(place, "skeleton").write("new");
        assertThat(file).hasContent("new");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }
}
