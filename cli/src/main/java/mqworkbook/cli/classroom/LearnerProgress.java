package mqworkbook.cli.classroom;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.cli.learner.Progress;
import mqworkbook.cli.learner.RedStreak;
import mqworkbook.cli.learner.Share;
import mqworkbook.cli.learner.StepProgress;
import mqworkbook.workbench.judge.report.StepState;

/**
 * How far one learner is: all that is ever shared, and never any code. Times are those of the learner's clock.
 *
 * @param id tells one checkout from all others; 16 hexadecimal digits
 * @param name what the learner wants to be called
 * @param sent when it was made
 * @param lesson the lesson's folder name
 * @param title the lesson in one line
 * @param steps of that lesson
 * @param judged whether the last run could be judged: false where the code did not compile, or the run broke off
 * @param lastRun when it ended; empty before the first
 * @param red since when the code is red at one step; empty when it is not
 * @param done the folder names of the lessons that are done
 */
public record LearnerProgress(
        String id,
        String name,
        Instant sent,
        String lesson,
        String title,
        List<Step> steps,
        boolean judged,
        Optional<Instant> lastRun,
        Optional<Red> red,
        List<String> done) {

    /** The form of the document; a reader refuses one that it does not know. */
    static final int FORMAT = 1;

    public LearnerProgress {
        steps = List.copyOf(steps);
        done = List.copyOf(done);
    }

    /** One step: its tests that passed, and how many it has. */
    public record Step(int number, String title, StepState state, int passed, int methods) {

        static Step of(StepProgress step) {
            return new Step(step.number(), step.step().title(), step.state(), step.passed(), step.methods());
        }
    }

    /** Runs in a row that were red at one step; see {@link RedStreak}. */
    public record Red(int step, Instant since, int runs, Instant lastProgress, int runsSinceProgress) {

        static Red of(RedStreak streak) {
            return new Red(streak.step(), streak.since(), streak.runs(), streak.progress(), streak.runsSinceProgress());
        }
    }

    /**
     * Puts it together.
     *
     * @param all every lesson of the workbook
     * @param judged see {@link #judged()}
     */
    static LearnerProgress of(
            Share share,
            Progress lesson,
            List<Progress> all,
            Optional<RedStreak> streak,
            Optional<Instant> lastRun,
            boolean judged,
            Instant now) {
        return new LearnerProgress(
                share.id(),
                share.name(),
                now,
                lesson.lesson().name(),
                lesson.title(),
                lesson.steps().stream().map(Step::of).toList(),
                judged,
                lastRun,
                streak.map(Red::of),
                all.stream()
                        .filter(one -> one.wasRun() && one.complete())
                        .map(one -> one.lesson().name())
                        .toList());
    }

    /** The step that the learner is at: the one that is red, else the first that is not done. */
    public Optional<Step> current() {
        return steps.stream()
                .filter(step -> red.map(at -> at.step() == step.number()).orElse(step.state() != StepState.DONE))
                .findFirst();
    }

    /** Whether every step of the lesson is done. */
    public boolean complete() {
        return red.isEmpty() && !steps.isEmpty() && steps.stream().allMatch(step -> step.state() == StepState.DONE);
    }

    /** The document, for JSON. */
    Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("format", FORMAT);
        object.put("id", id);
        object.put("name", name);
        object.put("sent", sent.toString());
        object.put("lesson", lesson);
        object.put("title", title);
        object.put("steps", steps);
        object.put("judged", judged);
        object.put("lastRun", lastRun.map(Instant::toString).orElse(null));
        object.put("red", red.map(LearnerProgress::object).orElse(null));
        object.put("done", done);
        return object;
    }

    private static Map<String, Object> object(Red red) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("step", red.step());
        object.put("since", red.since().toString());
        object.put("runs", red.runs());
        object.put("lastProgress", red.lastProgress().toString());
        object.put("runsSinceProgress", red.runsSinceProgress());
        return object;
    }
}
