package mqworkbook.cli.proof;

import static mqworkbook.workbench.run.TestOutcome.State.FAILED;
import static mqworkbook.workbench.run.TestOutcome.State.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import mqworkbook.cli.proof.ProofItem.Expectation;
import mqworkbook.workbench.answer.Gap;
import mqworkbook.workbench.answer.MistakeHeader;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.run.RunResult;
import mqworkbook.workbench.run.TestOutcome;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private static final String TODO = Todo.class.getName();
    private static final String WRONG = AssertionError.class.getName();
    private static final TestOutcome DONE = outcome(1, "declares", PASSED, "", 10);

    @Nested
    class Green {

        private final Expectation green = Expectations.green();

        @Test
        void allTestsPass() {
            assertThat(green.complaints(result("", DONE))).isEmpty();
            assertThat(green.parameters()).containsEntry("steps", "all");
        }

        @Test
        void eachFailureIsAComplaint() {
            TestOutcome failed = outcome(2, "routes", FAILED, WRONG, 10);

            assertThat(green.complaints(result("lost", DONE, failed)))
                    .containsExactly("Red, and must be green: step 2, \"routes\"");
        }

        @Test
        void aRunWithoutTestsProvesNothing() {
            assertThat(green.complaints(result(""))).containsExactly("No test passed at all.");
        }

        @Test
        void aRunThatBrokeIsAComplaint() {
            RunResult broken = new RunResult(List.of(), "", Duration.ZERO, "The answer ended the JVM.");

            assertThat(green.complaints(broken)).containsExactly("The answer ended the JVM.");
        }
    }

    @Nested
    class Open {

        private static final String SAID = "To do: Declare the queue.";

        private final Gap gap = new Gap(2, "Topology.java", "Topology.declare(Channel)", "Declare the queue.");
        private final Expectation step = Expectations.openStep(2, List.of(gap));

        @Test
        void theStepsToDoComesAtOnce() {
            TestOutcome todo = outcome(2, "routes", FAILED, TODO, 1999);

            assertThat(step.complaints(result(SAID, DONE, todo))).isEmpty();
            assertThat(step.parameters()).containsEntry("upto", "2").containsEntry("first", "true");
        }

        @Test
        void itMustNotComeLate() {
            TestOutcome late = outcome(2, "routes", FAILED, TODO, 2500);

            List<String> complaints = step.complaints(result(SAID, DONE, late));

            assertThat(complaints)
                    .containsExactly("The to-do came after 2.5 s, and must come within 2 s: step 2, \"routes\"");
            assertThat(Expectations.onlyLate(complaints)).isTrue();
            assertThat(Expectations.onlyLate(List.of("Green, and must be red"))).isFalse();
            assertThat(Expectations.onlyLate(List.of())).isFalse();
        }

        @Test
        void ofOnePlaceOnlyTheTestThatNeedsItMustBeQuick() {
            TestOutcome late = outcome(2, "routes", FAILED, TODO, 2500);

            assertThat(Expectations.openPlace(gap).complaints(result(SAID, DONE, late)))
                    .isEmpty();
        }

        @Test
        void itMustNotBeAnotherError() {
            TestOutcome timeout = outcome(2, "routes", FAILED, WRONG, 10);

            assertThat(step.complaints(result("timed out", DONE, timeout)))
                    .containsExactly("Red with something else than a to-do: step 2, \"routes\": " + WRONG);
        }

        @Test
        void itMustComeInItsStep() {
            TestOutcome early = outcome(1, "declares", FAILED, TODO, 10);

            assertThat(step.complaints(result(SAID, early)))
                    .containsExactly("Red in step 1, and must be red first in step 2: step 1, \"declares\"");
            assertThat(step.complaints(result("", DONE))).containsExactly("Green, and must be red in step 2.");
        }

        @Test
        void itMustNameWhatIsToDo() {
            TestOutcome todo = outcome(2, "routes", FAILED, TODO, 10);

            assertThat(step.complaints(result("Something is to do.", DONE, todo)))
                    .containsExactly("The message does not name what is to be written.");
        }

        @Test
        void inTheSkeletonLaterStepsWait() {
            Expectation skeleton = Expectations.skeleton(2, List.of(gap));
            TestOutcome todo = outcome(2, "routes", FAILED, TODO, 10);
            TestOutcome waits = outcome(3, "confirms", TestOutcome.State.SKIPPED, "", 0);
            TestOutcome runs = outcome(3, "confirms", FAILED, TODO, 0);

            assertThat(skeleton.parameters()).isEmpty();
            assertThat(skeleton.complaints(result(SAID, DONE, todo, waits))).isEmpty();
            assertThat(skeleton.complaints(result(SAID, DONE, todo, runs)))
                    .containsExactly("Ran, and must wait for step 2: step 3, \"confirms\"");
        }
    }

    @Nested
    class Caught {

        private final Expectation caught = Expectations.caught(
                new MistakeHeader("auto-ack", "wrong", "shows", 4, List.of("before the work was done", "E-")));

        @Test
        void inItsStepInItsWords() {
            TestOutcome failed = outcome(4, "acks", FAILED, WRONG, 10);

            assertThat(caught.complaints(result("E-17 was acknowledged before\n  the work was done", DONE, failed)))
                    .isEmpty();
            assertThat(caught.parameters()).containsEntry("upto", "4").containsEntry("first", "true");
        }

        @Test
        void missingWordsAreNamed() {
            TestOutcome failed = outcome(4, "acks", FAILED, WRONG, 10);

            assertThat(caught.complaints(result("E-17 was lost", DONE, failed)))
                    .containsExactly("The message lacks the words \"before the work was done\".");
        }

        @Test
        void anotherStepIsAComplaint() {
            TestOutcome failed = outcome(3, "confirms", FAILED, WRONG, 10);

            assertThat(caught.complaints(result("before the work was done, E-1", DONE, failed)))
                    .containsExactly("Red in step 3, and must be red first in step 4: step 3, \"confirms\"");
        }
    }

    private static RunResult result(String problem, TestOutcome... tests) {
        return new RunResult(List.of(tests), problem, Duration.ofSeconds(1), "");
    }

    private static TestOutcome outcome(int step, String name, TestOutcome.State state, String error, int sinceStep) {
        return new TestOutcome(
                step, name + "()", name, state, Duration.ofMillis(5), Duration.ofMillis(sinceStep), error, "");
    }
}
