package mqworkbook.cli.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mqworkbook.cli.proof.ProofItem.Expectation;
import mqworkbook.workbench.answer.Gap;
import mqworkbook.workbench.answer.MistakeHeader;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.run.RunResult;
import mqworkbook.workbench.run.TestOutcome;

/** What the judge must say to each kind of answer. */
final class Expectations {

    /** From the start of a step to its to-do message. */
    static final Duration AT_ONCE = Duration.ofSeconds(2);

    private Expectations() {}

    /** The reference and the alternatives: all steps run, and all tests pass. */
    static Expectation green() {
        return new Simple(Map.of("steps", "all"), result -> {
            List<String> complaints = new ArrayList<>();
            result.tests().stream()
                    .filter(test -> test.state() == TestOutcome.State.FAILED)
                    .map(test -> "Red, and must be green: " + name(test))
                    .forEach(complaints::add);
            if (result.passed() == 0) {
                complaints.add("No test passed at all.");
            }
            return complaints;
        });
    }

    /** An answer in which this is the first step with something to write. */
    static Expectation open(int step, List<Gap> gaps) {
        return new Simple(Map.of("upto", String.valueOf(step)), result -> {
            List<String> complaints = new ArrayList<>(redFirstIn(step, result));
            result.tests().stream()
                    .filter(test -> test.state() == TestOutcome.State.FAILED)
                    .forEach(test -> complaints.addAll(todo(test)));
            result.firstFailure()
                    .filter(test -> test.sinceStep().compareTo(AT_ONCE) > 0)
                    .ifPresent(test -> complaints.add(
                            "The to-do came %s after the start of the step, and must come within %d s: %s"
                                    .formatted(Format.seconds(test.sinceStep()), AT_ONCE.toSeconds(), name(test))));
            if (complaints.isEmpty()
                    && gaps.stream().noneMatch(gap -> result.problem().contains(gap.goal()))) {
                complaints.add("The message names none of the step's places to write.");
            }
            return complaints;
        });
    }

    /** A mistake: red first in the step that its header names, with the words that it promises. */
    static Expectation caught(MistakeHeader header) {
        Map<String, String> parameters = Map.of("upto", String.valueOf(header.step()), "first", "true");
        return new Simple(parameters, result -> {
            List<String> complaints = new ArrayList<>(redFirstIn(header.step(), result));
            if (complaints.isEmpty()) {
                header.says().stream()
                        .filter(words -> !result.problem().contains(words))
                        .map(words -> "The message lacks the words \"" + words + "\".")
                        .forEach(complaints::add);
            }
            return complaints;
        });
    }

    private static List<String> redFirstIn(int step, RunResult result) {
        return result.firstFailure()
                .map(test -> test.step() == step
                        ? List.<String>of()
                        : List.of("Red in step %d, and must be red first in step %d: %s"
                                .formatted(test.step(), step, name(test))))
                .orElseGet(() -> List.of("Green, and must be red in step " + step + "."));
    }

    private static List<String> todo(TestOutcome test) {
        return test.error().equals(Todo.class.getName())
                ? List.of()
                : List.of("Red with something else than a to-do: " + name(test) + ": " + test.error());
    }

    private static String name(TestOutcome test) {
        return "step " + test.step() + ", \"" + test.name() + "\"";
    }

    private interface Check {
        List<String> complaints(RunResult result);
    }

    private record Simple(Map<String, String> parameters, Check check) implements Expectation {

        @Override
        public List<String> complaints(RunResult result) {
            return result.broken().isEmpty() ? check.complaints(result) : List.of(result.broken());
        }
    }
}
