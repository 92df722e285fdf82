package mqworkbook.cli.learner;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import mqworkbook.workbench.answer.Gap;
import mqworkbook.workbench.judge.report.StepState;

/**
 * What the learner's next move in a step is.
 *
 * @param heading the step, and the goal or the problem
 * @param where file and line; may be empty
 */
public record WorkToDo(String heading, String where) {

    private static final Pattern WHERE = Pattern.compile("(?m)^  Where +(\\S.*)$");

    /**
     * Of a wrong step the last message, else the next place to write.
     *
     * @param display how a file is told to the learner
     */
    public static WorkToDo of(Progress lesson, StepProgress step, Function<Path, String> display) {
        List<Gap> gaps = lesson.openGaps(step.number());
        if (step.state() == StepState.WRONG || gaps.isEmpty()) {
            return ofMessage(lesson.message());
        }
        Gap gap = gaps.stream()
                .filter(open -> beginsAt(open, step.step().write()))
                .findFirst()
                .orElse(gaps.get(0));
        Path file = lesson.lesson().skeleton().resolve(gap.place());
        return new WorkToDo(
                "Step " + step.number() + ", to do: " + gap.goal(), display.apply(file) + ":" + lesson.line(gap));
    }

    /** {@code EventCodec#write} names {@code EventCodec.write(OrderEvent)}. */
    private static boolean beginsAt(Gap gap, String write) {
        return !write.isEmpty() && gap.method().startsWith(write.replace('#', '.') + "(");
    }

    private static WorkToDo ofMessage(String message) {
        Optional<String> where =
                WHERE.matcher(message).results().map(found -> found.group(1)).findFirst();
        return new WorkToDo(heading(message), where.orElse(""));
    }

    /** The first paragraph that is not indented: notes on skipped tests, which are, come before it. */
    private static String heading(String message) {
        return message.lines()
                .dropWhile(line -> line.isBlank() || line.startsWith(" "))
                .takeWhile(line -> !line.isBlank() && !line.startsWith(" "))
                .reduce((left, right) -> left + " " + right)
                .orElse("");
    }
}
