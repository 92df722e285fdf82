package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.SkeletonState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that tell where the learner is: list, next, hint. */
class ProgressCommandsTest {

    private static final String ADD = "throw new Todo(1, \"Add the two numbers.\");";

    @TempDir
    Path root;

    private Workspace workspace;
    private Path sums;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
        sums = root.resolve("lessons/01-sums/src/main/java/mqworkbook/sums/Sums.java");
        for (int step = 1; step <= 2; step++) {
            FixtureWorkspace.write(
                    root.resolve("lessons/01-sums/hints/step-" + step + ".md"),
                    "# Step " + step + "\n\n## Hint 1\n\nA nudge.\n\n## Hint 2\n\nMore.\n\n## Hint 3\n\nNearly all.\n");
        }
    }

    @Test
    void aLessonThatWasNeverTouchedIsNotBegun() {
        assertThat(output("list")).contains("> 01 Sums  ", "not begun: 2 steps, 20 min");
    }

    @Test
    void withoutAResultTheStepsHaveTheirPlacesToWrite() {
        assertThat(output("list", "01"))
                .containsSubsequence(
                        "not begun",
                        "not run",
                        "Step 1: add two numbers",
                        "10 min, 1 place to write",
                        "Step 2: add many numbers",
                        "10 min, 2 places to write");
    }

    @Test
    void nothingLeftToWriteAndNoResultIsNotRunYet() {
        writeAll();

        assertThat(output("list")).contains("not run yet, nothing left to write");
        assertThat(output("next")).contains("Nothing left to write, and not run yet.", "./workbook run 01");
    }

    @Test
    void theResultOfTheLastRunTellsHowFarTheStepsAre() {
        FixtureWorkspace.edit(sums, ADD, "return left + right;");
        result("DONE", "TODO", "Step 2, to do: Add all numbers.");

        assertThat(output("list")).contains("step 2 of 2, to do; 10 min left").doesNotContain("edited since");
        assertThat(output("list", "sums")).containsSubsequence("done", "10 min, 1 of 1 tests", "to do", "0 of 2 tests");
    }

    @Test
    void aResultThatIsOlderThanTheFilesIsMarked() throws IOException {
        result("TODO", "WAITING", "Step 1, to do: Add the two numbers.");
        Files.setLastModifiedTime(sums, FileTime.fromMillis(System.currentTimeMillis() + 60_000));

        assertThat(output("list")).contains("step 1 of 2, to do", "(edited since)");
        assertThat(output("next")).contains("(edited since the last run)");
    }

    @Test
    void aTouchIsNoEditAndAnEditIsOneWhateverItsTime() throws IOException {
        Path result = root.resolve("lessons/01-sums/target/skeleton/workbook-result.json");
        result("TODO", "WAITING", "Step 1, to do: Add the two numbers.");
        FixtureWorkspace.edit(
                result,
                "{\"complete\"",
                "{\"sources\": \"" + SkeletonState.of(workspace.lesson("01")) + "\", \"complete\"");
        Files.setLastModifiedTime(sums, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        FixtureWorkspace.write(sums.resolveSibling("Sums.java~"), "An editor's copy");
        assertThat(output("list")).contains("step 1 of 2, to do").doesNotContain("edited since");

        FixtureWorkspace.edit(sums, ADD, "return left + right;");
        Files.setLastModifiedTime(sums, FileTime.fromMillis(0));

        assertThat(output("list")).contains("(edited since)");
    }

    @Test
    void aLessonIsDoneWhenItsRunWasAndNothingIsLeftToWrite() {
        writeAll();
        result("DONE", "DONE", "Lesson 01 is done.");

        assertThat(output("list")).containsPattern("Sums +\\S+ +done");
        assertThat(output("next")).contains("All lessons are done.");
    }

    @Test
    void aResultThatCannotBeReadCountsAsNone() {
        FixtureWorkspace.write(root.resolve("lessons/01-sums/target/skeleton/workbook-result.json"), "{\"steps\": [");

        assertThat(output("list")).contains("not begun");
    }

    @Test
    void theListAsJsonIsOneObject() throws JsonProcessingException {
        result("TODO", "WAITING", "Step 1, to do: Add the two numbers.");

        JsonNode lesson = new ObjectMapper().readTree(output("list", "--json")).at("/lessons/0");

        assertThat(lesson.path("lesson").asText()).isEqualTo("01-sums");
        assertThat(lesson.path("current").asBoolean()).isTrue();
        assertThat(lesson.path("state").asText()).isEqualTo("begun");
        assertThat(lesson.path("gaps").asInt()).isEqualTo(3);
        assertThat(lesson.at("/steps/0/title").asText()).isEqualTo("Step 1: add two numbers");
        assertThat(lesson.at("/steps/1/state").asText()).isEqualTo("WAITING");
    }

    @Test
    void nextNamesTheStepAndThePlaceToWrite() {
        assertThat(output("next"))
                .contains(
                        "Lesson 01 Sums",
                        "Step 1: add two numbers (10 min)",
                        "Step 1, to do: Add the two numbers.",
                        "Where    lessons/01-sums/src/main/java/mqworkbook/sums/Sums.java:10",
                        "Hint     ./workbook hint 01",
                        "Judge    ./workbook run 01",
                        "Lesson   lessons/01-sums/README.md");
    }

    @Test
    void nextTellsWhatWasWrongAndWhere() {
        writeAll();
        result(
                "DONE",
                "WRONG",
                "Step 2, wrong: one, two and\\nthree are six\\n\\n  one too many\\n  Where    Sums.java:20");

        assertThat(output("next"))
                .contains("Step 2, wrong: one, two and three are six", "  Where    Sums.java:20")
                .doesNotContain("one too many");
    }

    @Test
    void hintsComeOneAfterTheOtherAndAreRemembered() {
        assertThat(output("hint"))
                .contains("step 1, hint 1 of 3", "A nudge.", "Further hints: 2")
                .doesNotContain("More.");
        assertThat(output("hint", "01")).contains("hint 2 of 3", "More.").doesNotContain("A nudge.");
        assertThat(output("hint")).contains("Nearly all.", "That was the last hint", "./workbook solution 01");
        assertThat(output("hint"))
                .contains("All hints of step 1 have been shown")
                .doesNotContain("Nearly all.");
        assertThat(output("hint", "--all")).contains("A nudge.", "More.", "Nearly all.");
        assertThat(output("hint", "--step", "2")).contains("step 2, hint 1 of 3");
    }

    @Test
    void thereIsNoHintForAStepThatIsNotThere() {
        Shell shell = Shell.run(workspace, "hint", "01", "--step", "7");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).contains("There are no hints for step 7 of lesson 01-sums.");
    }

    private String output(String... args) {
        Shell shell = Shell.run(workspace, args);
        assertThat(shell.exitCode()).isZero();
        return shell.output();
    }

    private void writeAll() {
        FixtureWorkspace.edit(sums, ADD, "return left + right;");
        FixtureWorkspace.edit(
                sums, "throw new Todo(2, \"Add all numbers; \" + \"an empty list has the sum 0.\");", "return 0;");
        FixtureWorkspace.edit(sums, "throw new Todo(2, \"Keep the start.\");", "count = start;");
    }

    private void result(String first, String second, String message) {
        String step = "{\"number\": %d, \"state\": \"%s\", \"waitingFor\": 0, \"passed\": %d, \"methods\": %d}";
        FixtureWorkspace.write(
                root.resolve("lessons/01-sums/target/skeleton/workbook-result.json"),
                "{\"complete\": %s, \"message\": \"%s\", \"steps\": [%s, %s]}"
                        .formatted(
                                second.equals("DONE"),
                                message,
                                step.formatted(1, first, first.equals("DONE") ? 1 : 0, 1),
                                step.formatted(2, second, second.equals("DONE") ? 2 : 0, 2)));
    }
}
