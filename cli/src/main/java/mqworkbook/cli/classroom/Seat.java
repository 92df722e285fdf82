package mqworkbook.cli.classroom;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One learner as the class sees it.
 *
 * <p>The clocks of laptops differ, so no time of a learner's is compared with ours: how long something had lasted when it
 * was sent is a difference on the learner's clock, and how long ago that was counts from the document's arrival.
 *
 * @param progress what the learner has sent last
 * @param heard how long ago it arrived
 */
public record Seat(LearnerProgress progress, Duration heard) {

    /** Whoever needs help first comes first: the longest stuck, then the longest unheard of, then those who are done. */
    public static final Comparator<Seat> BY_NEED = Comparator.comparing(Seat::need)
            .thenComparing(seat -> seat.stuck().orElse(Duration.ZERO), Comparator.reverseOrder())
            .thenComparing(seat -> seat.need() == Need.DONE ? Duration.ZERO : seat.heard, Comparator.reverseOrder())
            .thenComparing(seat -> seat.progress.name(), String.CASE_INSENSITIVE_ORDER)
            .thenComparing(seat -> seat.progress.id());

    /** How much a learner needs somebody. */
    public enum Need {
        /** Red at a step, and the last run has brought no more of it than the one before. */
        STUCK("stuck"),
        AT_WORK("at work"),
        DONE("done");

        private final String word;

        Need(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Of what has arrived at this time. A time that is still to come counts as now. */
    static Seat of(LearnerProgress progress, Instant arrival, Instant now) {
        return new Seat(progress, atLeastZero(Duration.between(arrival, now)));
    }

    public Need need() {
        if (progress.complete()) {
            return Need.DONE;
        }
        return stuck().isPresent() ? Need.STUCK : Need.AT_WORK;
    }

    /** How long it is since the last progress at the red step, where there were runs after it. */
    public Optional<Duration> stuck() {
        return progress.red().filter(red -> red.runsSinceProgress() > 0).map(red -> lasting(red.lastProgress()));
    }

    /** How long the step has been red. */
    public Optional<Duration> red() {
        return progress.red().map(red -> lasting(red.since()));
    }

    /** The step and how it is: "3 wrong"; "3 error" where the last run could not judge it. */
    public String at() {
        return switch (need()) {
            case DONE -> "done";
            default ->
                progress.current()
                        .map(step -> step.number() + " "
                                + (progress.judged() ? step.state().word() : "error"))
                        .orElse("?");
        };
    }

    /** For JSON: what was sent, and what follows from it. */
    Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("need", need().word());
        object.put("stuckSeconds", stuck().map(Duration::toSeconds).orElse(null));
        object.put("redSeconds", red().map(Duration::toSeconds).orElse(null));
        object.put("heardSeconds", heard.toSeconds());
        object.put("step", progress.current().map(LearnerProgress.Step::number).orElse(null));
        object.putAll(progress.object());
        return object;
    }

    private Duration lasting(Instant since) {
        return atLeastZero(Duration.between(since, progress.sent())).plus(heard);
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** A time as one says it: "now", "7 min", "3 h", "2 d". */
    static String said(Duration duration) {
        List<String> units = List.of("d", "h", "min");
        List<Long> counts = List.of(duration.toDays(), duration.toHours(), duration.toMinutes());
        for (int i = 0; i < units.size(); i++) {
            // 90 minutes say more than 1 h.
            if (counts.get(i) > (i == units.size() - 1 ? 0 : 1)) {
                return counts.get(i) + " " + units.get(i);
            }
        }
        return "now";
    }
}
