package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that show what there is to compare with: solution, mistakes. */
@Timeout(120)
class SolutionCommandsTest {

    @TempDir
    Path root;

    private Workspace workspace;
    private Path sums;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
        sums = root.resolve("lessons/01-sums/src/main/java/mqworkbook/sums/Sums.java");
    }

    @Nested
    class Solution {

        @Test
        void ofALessonThatIsNotDoneItIsShownWhenAskedTwice() {
            FixtureWorkspace.write(root.resolve("solutions/01-sums/reference/NOTES.md"), "# Notes\n");

            assertThat(output("solution", "01"))
                    .contains("Lesson 01 is not done yet; left: step 1, 2.", "./workbook hint 01")
                    .doesNotContain("return left");
            assertThat(output("solution", "01"))
                    .contains(
                            "--- lessons/01-sums/src/main/java/mqworkbook/sums/Sums.java",
                            "+++ solutions/01-sums/reference/mqworkbook/sums/Sums.java",
                            "-        throw new Todo(1, \"Add the two numbers.\");",
                            "+        return left + right;",
                            "solutions/01-sums/reference/NOTES.md")
                    .containsSubsequence("loop", "Sums in a loop, with a helper class of its own.");
        }

        @Test
        void anEditInBetweenMeansToAskAgain() {
            output("solution", "01");
            FixtureWorkspace.edit(sums, "Add the two numbers.", "Add both.");

            assertThat(output("solution", "01")).contains("is not done yet").doesNotContain("+++");
        }

        @Test
        void itIsShownAtOnceWhenToldSo() {
            assertThat(output("solution", "01", "--now")).contains("+        return left + right;");
        }

        @Test
        void nothingDiffersFromTheReference() {
            FixtureWorkspace.write(
                    sums, FixtureWorkspace.read(root.resolve("solutions/01-sums/reference/mqworkbook/sums/Sums.java")));

            assertThat(output("solution", "01", "--now")).startsWith("Your files are those of the reference.");
        }
    }

    @Nested
    class Mistakes {

        @Test
        void theListTellsHowTheyShowAndNotWhichStepCatchesThem() {
            assertThat(output("mistakes", "01"))
                    .contains("off-by-one  Invoices do not add up.")
                    .doesNotContain("step 2");
        }

        @Test
        void inAPipeOneIsShownAndNotRun() {
            assertThat(output("mistakes", "01", "off-by-one"))
                    .contains(
                            "Shows as  Invoices do not add up.", "reduce(1", "./workbook mistakes 01 off-by-one --run")
                    .doesNotContain("Caught in", "starts at one, so");
        }

        @Test
        void whenItRunsTheJudgeTellsWhichStepBreaks() {
            assertThat(output("mistakes", "01", "off-by-one", "--run"))
                    .contains("Step 2 breaks.", "Because  The sum starts at one");
        }

        @Test
        void aGuessIsComparedWithTheStepThatBreaks() {
            Shell shell = Shell.typing(workspace, "1\n", "mistakes", "01", "off-by-one");

            assertThat(shell.exitCode()).isZero();
            assertThat(shell.output()).contains("Which step breaks? ", "Not step 1: step 2 breaks.");
        }

        @Test
        void anUnknownNameGetsTheClosest() {
            Shell shell = Shell.run(workspace, "mistakes", "01", "off-by-on");

            assertThat(shell.exitCode()).isEqualTo(2);
            assertThat(shell.output()).contains("has no mistake off-by-on. Did you mean off-by-one?");
        }
    }

    private String output(String... args) {
        Shell shell = Shell.run(workspace, args);
        assertThat(shell.exitCode()).isZero();
        return shell.output();
    }
}
