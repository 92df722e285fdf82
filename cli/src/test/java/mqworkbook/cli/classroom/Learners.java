package mqworkbook.cli.classroom;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mqworkbook.workbench.judge.report.StepState;

/** Learners of a class, for tests. */
final class Learners {

    /** When their documents were sent, by their own clocks. */
    static final Instant SENT = Instant.parse("2026-03-02T09:30:00Z");

    private Learners() {}

    /** One who is red at step 2. */
    static LearnerProgress red(int id, String name, Duration sinceProgress, int runsSinceProgress) {
        Instant progress = SENT.minus(sinceProgress);
        return of(
                id,
                name,
                StepState.WRONG,
                Optional.of(new LearnerProgress.Red(2, progress, runsSinceProgress + 1, progress, runsSinceProgress)));
    }

    /** One whose lesson is done. */
    static LearnerProgress done(int id, String name) {
        return of(id, name, StepState.DONE, Optional.empty());
    }

    private static LearnerProgress of(int id, String name, StepState second, Optional<LearnerProgress.Red> red) {
        return new LearnerProgress(
                "%016x".formatted(id),
                name,
                SENT,
                "01-sums",
                "Sums",
                List.of(
                        new LearnerProgress.Step(1, "Step 1: add two numbers", StepState.DONE, 1, 1),
                        new LearnerProgress.Step(2, "Step 2: add many numbers", second, 0, 2)),
                true,
                Optional.of(SENT),
                red,
                List.of());
    }
}
