package mqworkbook.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebounceTest {

    private static final long MILLI = 1_000_000;

    private final Debounce debounce = new Debounce(Duration.ofMillis(50), Duration.ofMillis(500));

    /** Of {@link System#nanoTime()} only differences mean anything: here it overflows within the test. */
    private long now = Long.MAX_VALUE - 100 * MILLI;

    @Test
    void withoutASaveNothingIsEverDue() {
        assertThat(debounce.pending()).isFalse();
        assertThat(debounce.remaining(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aSaveIsDueWhenItHasBeenQuiet() {
        debounce.saved(now);

        assertThat(debounce.remaining(now + 20 * MILLI)).isEqualTo(30 * MILLI);
        assertThat(debounce.remaining(now + 50 * MILLI)).isZero();
        assertThat(debounce.remaining(now + 90 * MILLI)).isZero();
    }

    @Test
    void aBurstIsOneSaveAndIsDueAfterItsLast() {
        saveEvery(40, 5);

        assertThat(debounce.remaining(now)).isEqualTo(50 * MILLI);
    }

    @Test
    void aBurstWithoutAnEndIsDueAllTheSame() {
        saveEvery(40, 13);

        assertThat(debounce.remaining(now)).isEqualTo(20 * MILLI);
        assertThat(debounce.remaining(now + 20 * MILLI)).isZero();
    }

    @Test
    void whatWasDealtWithIsNotPendingAnyMore() {
        debounce.saved(now);
        debounce.clear();

        assertThat(debounce.pending()).isFalse();
        debounce.saved(now + 400 * MILLI);
        assertThat(debounce.remaining(now + 400 * MILLI)).isEqualTo(50 * MILLI);
    }

    /** The clock stands at the last save afterwards. */
    private void saveEvery(int millis, int times) {
        for (int time = 0; time < times; time++) {
            now += time == 0 ? 0 : millis * MILLI;
            debounce.saved(now);
        }
    }
}
