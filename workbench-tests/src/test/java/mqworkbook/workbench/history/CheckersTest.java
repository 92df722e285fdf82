package mqworkbook.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One concrete history for each thing that the checkers tell apart, with the exact words. */
class CheckersTest {

    private static final List<Subscription> AT = Subscription.all("email", "points");

    private final AtomicLong clock = new AtomicLong();
    private final History history = new History(() -> clock.getAndAdd(1_000_000));

    @Test
    void nothingPublishedIsInconclusive() {
        assertThat(Checkers.totalQueue(List.of(), AT).summary())
                .isEqualTo("Inconclusive. Nothing was published, so there is nothing to judge.");
    }
}
