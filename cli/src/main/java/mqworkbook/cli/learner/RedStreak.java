package mqworkbook.cli.learner;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs in a row that were red at the same step.
 *
 * @param step the first step that was not done
 * @param passed the most tests of it that passed in one of them
 * @param gaps the fewest places that were left to write for it
 * @param since when the first of them ended
 * @param runs how many they are
 * @param progress when last more tests passed, or fewer places were left; at first {@code since}
 * @param runsSinceProgress how many came after that
 */
public record RedStreak(
        int step, int passed, int gaps, Instant since, int runs, Instant progress, int runsSinceProgress) {

    private static final Pattern FORM = Pattern.compile("(\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    /** The first of them. */
    static RedStreak begin(StepProgress step, Instant now) {
        return new RedStreak(step.number(), step.passed(), step.gaps(), now, 1, now, 0);
    }

    /**
     * What one more run makes of it.
     *
     * @param before empty where the run before was not red
     * @param step the first that is not done; empty where every one is
     * @return empty when nothing is red
     */
    public static Optional<RedStreak> after(Optional<RedStreak> before, Optional<StepProgress> step, Instant now) {
        return step.map(red -> before.filter(streak -> streak.step == red.number())
                .map(streak -> streak.next(red, now))
                .orElseGet(() -> begin(red, now)));
    }

    private RedStreak next(StepProgress red, Instant now) {
        boolean better = red.passed() > passed || red.gaps() < gaps;
        return new RedStreak(
                step,
                Math.max(passed, red.passed()),
                Math.min(gaps, red.gaps()),
                since,
                runs + 1,
                better ? now : progress,
                better ? 0 : runsSinceProgress + 1);
    }

    String text() {
        return "%d %d %d %d %d %d %d"
                .formatted(step, passed, gaps, since.toEpochMilli(), runs, progress.toEpochMilli(), runsSinceProgress);
    }

    /** Reads what {@link #text()} wrote; empty where it is something else. */
    static Optional<RedStreak> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new RedStreak(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                Instant.ofEpochMilli(Long.parseLong(form.group(4))),
                Integer.parseInt(form.group(5)),
                Instant.ofEpochMilli(Long.parseLong(form.group(6))),
                Integer.parseInt(form.group(7))));
    }
}
