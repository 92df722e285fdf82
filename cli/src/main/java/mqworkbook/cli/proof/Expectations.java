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

    /** How long a learner waits for a to-do message. */
    static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final String LATE = "The to-do came after ";

    private Expectations() {}

    /** Whether lateness is all that is wrong: on a busy machine that may be chance, and the next run tells. */
    static boolean onlyLate(List<String> complaints) {
        return !complaints.isEmpty() && complaints.stream().allMatch(complaint -> complaint.startsWith(LATE));
    }

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

    /** The skeleton, run as a learner runs it: its first to-do comes at once, and later steps wait. */
    static Expectation skeleton(int step, List<Gap> gaps) {
        return new Simple(Map.of(), result -> {
            List<String> complaints = todo(step, gaps, result);
            result.firstFailure().ifPresent(test -> complaints.addAll(late(test, test.sinceStep())));
            result.tests().stream()
                    .filter(test -> test.step() > step && test.state() != TestOutcome.State.SKIPPED)
                    .map(test -> "Ran, and must wait for step " + step + ": " + name(test))
                    .forEach(complaints::add);
            return complaints;
        });
    }

    /** The reference with all places of a step open: its to-do comes within two seconds of the step's start. */
    static Expectation openStep(int step, List<Gap> gaps) {
        return new Simple(upTo(step), result -> {
            List<String> complaints = todo(step, gaps, result);
            result.firstFailure().ifPresent(test -> complaints.addAll(late(test, test.sinceStep())));
            return complaints;
        });
    }

    /** The reference with one place open: other tests of the step may pass first; the one that needs it is quick. */
    static Expectation openPlace(Gap gap) {
        return new Simple(upTo(gap.step()), result -> {
            List<String> complaints = todo(gap.step(), List.of(gap), result);
            result.firstFailure().ifPresent(test -> complaints.addAll(late(test, test.duration())));
            return complaints;
        });
    }

    /** A mistake: red first in the step that its header names, with the words that it promises. */
    static Expectation caught(MistakeHeader header) {
        return new Simple(upTo(header.step()), result -> {
            List<String> complaints = new ArrayList<>(redFirstIn(header.step(), result));
            if (complaints.isEmpty()) {
                header.says().stream()
                        .filter(words -> !says(result, words))
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

    private static List<String> todo(int step, List<Gap> gaps, RunResult result) {
        List<String> complaints = new ArrayList<>(redFirstIn(step, result));
        result.firstFailure()
                .filter(test -> !test.error().equals(Todo.class.getName()))
                .ifPresent(test ->
                        complaints.add("Red with something else than a to-do: " + name(test) + ": " + test.error()));
        if (complaints.isEmpty() && gaps.stream().noneMatch(gap -> says(result, gap.goal()))) {
            complaints.add("The message does not name what is to be written.");
        }
        return complaints;
    }

    /** Wherever lines were broken. */
    private static boolean says(RunResult result, String words) {
        return result.problem().replaceAll("\\s+", " ").contains(words.replaceAll("\\s+", " "));
    }

    private static List<String> late(TestOutcome test, Duration duration) {
        return duration.compareTo(AT_ONCE) > 0
                ? List.of((LATE + "%s, and must come within %d s: %s")
                        .formatted(Format.seconds(duration), AT_ONCE.toSeconds(), name(test)))
                : List.of();
    }

    private static Map<String, String> upTo(int step) {
        return Map.of("upto", String.valueOf(step), "first", "true");
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
