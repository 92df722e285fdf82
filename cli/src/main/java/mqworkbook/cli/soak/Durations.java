package mqworkbook.cli.soak;

import java.time.Duration;
import java.util.List;
import mqworkbook.cli.proof.Format;

/**
 * How long runs took.
 *
 * @param sorted at least one, the shortest first
 */
public record Durations(List<Duration> sorted) {

    public Durations {
        sorted = sorted.stream().sorted().toList();
    }

    /** The one in the middle; of two the shorter. */
    public Duration median() {
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** {@code min 1.2 s, median 1.4 s, max 3.0 s}. */
    public String summary() {
        return "min %s, median %s, max %s"
                .formatted(
                        Format.seconds(sorted.get(0)),
                        Format.seconds(median()),
                        Format.seconds(sorted.get(sorted.size() - 1)));
    }
}
