package mqworkbook.cli.watch;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import mqworkbook.cli.learner.KeptResult;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.RunEvent;
import mqworkbook.workbench.run.RunRequest;
import mqworkbook.workbench.run.RunResult;
import mqworkbook.workbench.run.TestOutcome;

/** Runs the test first that failed last: while it fails, the learner need not wait for those before it. */
final class FailedFirst {

    private final LessonFiles lesson;
    private String test = "";

    FailedFirst(LessonFiles lesson) {
        this.lesson = lesson;
    }

    /** What a run of all has shown. */
    void remember(RunResult result) {
        test = result.firstFailure()
                .filter(failed -> failed.step() > 0)
                .map(TestOutcome::id)
                .orElse("");
    }

    /** Runs that test alone; empty where there is none, or where it does not fail any more: then all are to run. */
    Optional<RunResult> run(Judge judge, RunRequest request, Consumer<RunEvent.TestStarted> progress) {
        if (test.isEmpty()) {
            return Optional.empty();
        }
        KeptResult before = KeptResult.of(lesson);
        RunResult alone = judge.run(request.of(Set.of(test)), progress);
        if (alone.broken().isEmpty() && !failsAgain(alone)) {
            return Optional.empty();
        }
        before.completeNewer();
        return Optional.of(alone);
    }

    private boolean failsAgain(RunResult alone) {
        return alone.firstFailure().filter(failed -> failed.id().equals(test)).isPresent();
    }
}
