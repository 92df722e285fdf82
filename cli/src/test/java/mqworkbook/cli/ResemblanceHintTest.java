package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hint that names the mistake which the last result looks like. */
class ResemblanceHintTest {

    @TempDir
    private Path root;

    private Workspace workspace;

    @BeforeEach
    void aMistakeIsKnown() {
        workspace = FixtureWorkspace.in(root);
        FixtureWorkspace.write(
                root.resolve("lessons/01-sums/hints/step-2.md"), "## Hint 1\n\nA nudge.\n\n## Hint 2\n\nMore.\n");
        FixtureWorkspace.write(
                root.resolve("solutions/01-sums/messages/mistake-off-by-one.txt"),
                "Step 2, wrong: one, two and three are six\n\n  N are one too many\n  Suspect  a start of N\n");
    }

    @Test
    void theMisconceptionComesBeforeTheFirstHintAndOnce() {
        failed("one, two and three are six", "7 are one too many");

        assertThat(hint())
                .contains(
                        "Lesson 01, step 2, what the last run looks like",
                        "This looks like:  The sum starts at one, so that every sum is one too large.",
                        "In production:    Invoices do not add up.",
                        "Further hints: 2. The next: ./workbook hint 01")
                .doesNotContain("A nudge.");
        assertThat(hint()).contains("step 2, hint 1 of 2", "A nudge.").doesNotContain("looks like");
        assertThat(hint()).contains("hint 2 of 2", "More.");
        assertThat(hint()).contains("All hints of step 2 have been shown");
    }

    @Test
    void theSameFailureWithOtherNumbersIsTheSameResult() {
        failed("one, two and three are six", "7 are one too many");
        assertThat(hint()).contains("looks like");
        failed("one, two and three are six", "8 are one too many");

        assertThat(hint()).contains("A nudge.").doesNotContain("looks like");
        assertThat(Shell.run(workspace, "hint", "--all").output()).contains("looks like", "A nudge.", "More.");
    }

    @Test
    void afterTheHintsItStillComesForANewResult() {
        failed("one, two and three are six", "nothing that is known");
        assertThat(hint()).contains("A nudge.").doesNotContain("looks like");
        assertThat(hint()).contains("More.");
        failed("one, two and three are six", "7 are one too many");

        assertThat(hint())
                .contains("looks like", "All hints of step 2 have been shown")
                .doesNotContain("More.");
    }

    @Test
    void anotherStepsHintsSayNothingOfIt() {
        FixtureWorkspace.write(root.resolve("lessons/01-sums/hints/step-1.md"), "## Hint 1\n\nOne.\n");
        failed("one, two and three are six", "7 are one too many");

        assertThat(Shell.run(workspace, "hint", "--step", "1").output())
                .contains("One.")
                .doesNotContain("looks like");
    }

    private String hint() {
        Shell shell = Shell.run(workspace, "hint", "01");
        assertThat(shell.exitCode()).isZero();
        return shell.output();
    }

    private void failed(String test, String headline) {
        FixtureWorkspace.write(
                root.resolve("lessons/01-sums/target/skeleton/workbook-result.json"), """
                        {"complete": false,
                         "message": "Step 2, wrong: %1$s\\n\\n  %2$s\\n  Suspect  a start of 1\\n  Where    Sums.java:20",
                         "steps": [
                          {"number": 1, "state": "DONE", "waitingFor": 0, "passed": 1, "methods": 1, "tests": []},
                          {"number": 2, "state": "WRONG", "waitingFor": 0, "passed": 0, "methods": 1, "tests": [
                           {"name": "%1$s", "state": "FAILED", "millis": 1, "text": "%2$s\\n  Suspect: a start of 1"}]}]}
                        """.formatted(test, headline));
    }
}
