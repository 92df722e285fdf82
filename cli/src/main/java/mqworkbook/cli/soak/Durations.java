package mqworkbook.cli.soak;

import java.time.Duration;
import java.util.List;
import mqworkbook.cli.proof.Format;

/**
 * How long runs took.
 *
 * @param sorted at least one, the shortest first
 */
record Durations(List<Duration> sorted) {

    Durations {
        sorted = sorted.stream().sorted().toList();
    }

    /** {@code min 1.2 s, median 1.4 s, max 3.0 s}. */
    String summary() {
        Duration median = sorted.get((sorted.size() - 1) / 2);
        return "min %s, median %s, max %s"
                .formatted(
                        Format.seconds(sorted.get(0)),
                        Format.seconds(median),
                        Format.seconds(sorted.get(sorted.size() - 1)));
    }
}
