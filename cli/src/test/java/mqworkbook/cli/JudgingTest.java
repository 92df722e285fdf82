package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that judge, on the fixture lesson, in JVMs of their own. */
@Timeout(120)
class JudgingTest {

    private static final String SUMS = "mqworkbook/sums/Sums.java";

    @TempDir
    Path root;

    private Workspace workspace;
    private Path solutions;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
        solutions = root.resolve("solutions/01-sums");
    }

    @Nested
    class Run {

        @Test
        void theSkeletonIsRed() {
            Shell shell = Shell.run(workspace, "run", "sums");

            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(shell.output()).endsWith("Stuck? ./workbook hint 01   Again: ./workbook run 01\n");
        }

        @Test
        void theReferenceIsGreen() {
            Shell shell = Shell.run(workspace, "run", "1", "--solutions");

            assertThat(shell.exitCode()).isZero();
            assertThat(shell.output()).as("the answer is not the learner's").doesNotContain("./workbook");
        }

        @Test
        void whoIsDoneHearsWhereToGoOn() {
            FixtureWorkspace.write(
                    workspace.lesson("01").skeleton().resolve(SUMS),
                    FixtureWorkspace.read(solutions.resolve("reference/" + SUMS)));

            Shell shell = Shell.run(workspace, "run", "01");

            assertThat(shell.exitCode()).isZero();
            assertThat(shell.output()).endsWith("How others do it: ./workbook solution 01   Go on: ./workbook next\n");
        }

        @Test
        void theResultAsJsonIsAllThatIsPrinted() throws JsonProcessingException {
            Shell shell = Shell.run(workspace, "run", "01", "--json");

            JsonNode result = new ObjectMapper().readTree(shell.output());
            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(result.at("/steps/0/state").asText()).isEqualTo("TODO");
            assertThat(result.path("message").asText()).contains("Step 1, to do: Add the two numbers.");
        }

        @Test
        void asJsonAnAnswerThatDoesNotCompileHasItsMessage() throws JsonProcessingException {
            Path file = workspace.lesson("01").skeleton().resolve(SUMS);
            FixtureWorkspace.edit(file, "throw new Todo(1, \"Add the two numbers.\");", "return lfet + right;");

            Shell shell = Shell.run(workspace, "run", "01", "--json");

            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(new ObjectMapper()
                            .readTree(shell.output())
                            .path("message")
                            .asText())
                    .contains("It does not compile");
        }

        @Test
        void codeThatDoesNotCompileIsRedWithFileAndLine() {
            Path file = workspace.lesson("01").skeleton().resolve(SUMS);
            FixtureWorkspace.edit(file, "throw new Todo(1, \"Add the two numbers.\");", "return lfet + right;");

            Shell shell = Shell.run(workspace, "run", "01");

            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(shell.output()).contains("It does not compile: " + file + ":10: cannot find symbol", "lfet");
        }
    }

    @Nested
    class Start {

        @Test
        void showsWhereTheLearnerIsAndJudges() {
            Shell shell = Shell.run(workspace, "start");

            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(shell.output())
                    .contains("Lesson 01-sums: 3 places to write, the next in lessons/01-sums/src/main/java/" + SUMS)
                    .contains("lessons/01-sums/README.md");
        }
    }

    @Nested
    class Verify {

        @BeforeEach
        void addWhatTheFixtureLacks() {
            Path lesson = workspace.lesson("01").folder();
            FixtureWorkspace.write(lesson.resolve("README.md"), "# Sums\n");
            for (int step = 1; step <= 2; step++) {
                FixtureWorkspace.write(
                        lesson.resolve("hints/step-" + step + ".md"), "## Hint 1\n\n## Hint 2\n\n## Hint 3\n");
            }
            FixtureWorkspace.write(solutions.resolve("reference/NOTES.md"), "# Notes\n");
            copyMistake("two", "three", "four", "five", "six");
            FixtureWorkspace.write(
                    solutions.resolve("alternatives/other/Helper.java"),
                    FixtureWorkspace.read(solutions.resolve("alternatives/loop/mqworkbook/sums/Sums.java")));
            renameHelper();
        }

        @Test
        void aJudgeThatKeepsItsPromisesIsProven() {
            Shell shell = Shell.run(workspace, "verify", "01");

            assertThat(shell.output())
                    .contains(
                            "ok  skeleton: red in step 1",
                            "ok  reference: green, 3 tests",
                            "ok  only step 1 open: red in step 1",
                            "ok  only step 2 open: red in step 2",
                            "ok  only Sums.Counter.Counter(int) open: red in step 2, \"a counter counts on\"",
                            "ok  alternative loop: green",
                            "ok  mistake off-by-one: red in step 2",
                            "01-sums  off-by-one  step 2   one, two and three are six",
                            "Proven.");
            assertThat(shell.exitCode()).isZero();
            assertThat(root.resolve("target/verify/matrix.md")).content().contains("| off-by-one | step 2 |");
            assertThat(root.resolve("target/verify/matrix.json")).content().contains("\"mistake\" : \"off-by-one\"");
        }

        @Test
        void aMessageThatIsNotTheRecordedOneIsNotedAndStrictlyWrong() {
            Path recorded = solutions.resolve("messages/mistake-off-by-one.txt");
            Shell recording = Shell.run(workspace, "verify", "01", "--record");
            assertThat(recording.output()).contains("Recorded in solutions/01-sums/messages: ");
            assertThat(recording.exitCode()).isZero();
            assertThat(recorded).content().startsWith("Step 2, wrong: one, two and three are six\n\n");
            assertThat(solutions.resolve("messages/only-step-1-open.txt"))
                    .content()
                    .isEqualTo("Step 1, to do: Add the two numbers.\n  Where    Sums.java\n");
            FixtureWorkspace.edit(recorded, "are six", "are seven");
            FixtureWorkspace.write(solutions.resolve("messages/mistake-gone.txt"), "Step 1, wrong: a\n\n  b\n");

            Shell shell = Shell.run(workspace, "verify", "01", "--strict");

            assertThat(shell.output())
                    .contains(
                            "01-sums, mistake off-by-one: the message is none of those in"
                                    + " solutions/01-sums/messages/mistake-off-by-one.txt:",
                            "  - Test     one, two and three are seven",
                            "  + Test     one, two and three are six",
                            "messages/mistake-gone.txt belongs to no answer; ./workbook verify 01 --record removes it.",
                            "Not proven:")
                    .doesNotContain("01-sums, mistake two:");
            assertThat(shell.exitCode()).isEqualTo(1);
        }

        @Test
        void theProofAsJsonIsAllThatIsPrinted() throws JsonProcessingException {
            FixtureWorkspace.edit(solutions.resolve("mistakes/three/" + SUMS), "\"one too many\"", "\"wrong total\"");

            Shell shell = Shell.run(workspace, "verify", "01", "--json");

            JsonNode proof = new ObjectMapper().readTree(shell.output());
            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(proof.path("proven").asBoolean()).isFalse();
            assertThat(proof.at("/complaints/0").asText()).contains("mistake three", "wrong total");
            assertThat(proof.at("/notes/0").asText())
                    .startsWith("01-sums: not recorded are the messages of skeleton, ");
            assertThat(proof.at("/matrix/0/mistake").asText()).isEqualTo("five");
            assertThat(proof.at("/matrix/0/step").asInt()).isEqualTo(2);
        }

        @Test
        void everyBrokenPromiseIsTold() {
            Path mistake = solutions.resolve("mistakes/off-by-one/" + SUMS);
            FixtureWorkspace.edit(mistake, "Caught in: step 2", "Caught in: step 1");
            FixtureWorkspace.edit(solutions.resolve("mistakes/two/" + SUMS), "\"one too many\"", "\"wrong total\"");
            FixtureWorkspace.edit(solutions.resolve("mistakes/three/" + SUMS), "reduce(1", "reduce(0");
            FixtureWorkspace.edit(solutions.resolve("mistakes/four/" + SUMS), "reduce(1", "reduse(1");
            FixtureWorkspace.edit(solutions.resolve("alternatives/loop/" + SUMS), "int sum = 0", "int sum = 2");

            Shell shell = Shell.run(workspace, "verify", "01");

            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(shell.output())
                    .contains(
                            "mistake off-by-one: Green, and must be red in step 1.",
                            "The message lacks the words \"wrong total\".",
                            "mistake three: Green, and must be red in step 2.",
                            "mistake four: It does not compile",
                            "alternative loop: Red, and must be green: step 2",
                            "Not proven:");
        }

        private void copyMistake(String... names) {
            String source = FixtureWorkspace.read(solutions.resolve("mistakes/off-by-one/" + SUMS));
            for (String name : names) {
                FixtureWorkspace.write(
                        solutions.resolve("mistakes/" + name + "/" + SUMS), source.replace("off-by-one", name));
            }
        }

        private void renameHelper() {
            Path flat = solutions.resolve("alternatives/other");
            try {
                Files.move(flat.resolve("Helper.java"), flat.resolve("Sums.java"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            FixtureWorkspace.edit(flat.resolve("Sums.java"), "Helper.add(left, right)", "left + right");
        }
    }

    @Nested
    class SoakRuns {

        @Test
        void greenRunsAreCountedAndMeasured() {
            Shell shell = Shell.run(workspace, "soak", "01", "--times", "3", "--solutions", "--load");

            assertThat(shell.exitCode()).isZero();
            assertThat(shell.output()).contains("[ 3/3] green, 3 tests", "Runs: 3, all green; min ", "median ", "max ");
        }

        @Test
        void theFirstFailureEndsItAndIsKept() {
            String mistake = solutions.resolve("mistakes/off-by-one").toString();

            Shell shell = Shell.run(workspace, "soak", "01", "--times", "3", "--answer", mistake, "--tags", "live");

            assertThat(shell.exitCode()).isEqualTo(1);
            assertThat(shell.output()).contains("[ 1/3] not green", "one too many: 7", "Runs: 1, min ");
            assertThat(root.resolve("lessons/01-sums/target/soak/console.txt")).exists();
        }
    }
}
