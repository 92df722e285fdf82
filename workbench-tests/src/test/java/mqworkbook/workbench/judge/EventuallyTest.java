package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests of {@link Eventually}. */
class EventuallyTest {

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void waitsUntilTheConditionHolds() {
        Eventually.within(LONG)
                .until("looked at three times", () -> looks.incrementAndGet() == 3)
                .orElse(() -> Wrong.that("never"));
        assertThat(looks).hasValue(3);
    }

    @Test
    void theFailureIsMadeWhenTheTimeIsOver() {
        assertThatThrownBy(() -> Eventually.within(SHORT)
                        .until("never", () -> looks.incrementAndGet() < 0)
                        .orElse(() -> Wrong.that("Never handled").seen(looks.get() > 1 ? "often" : "once")))
                .isInstanceOf(Wrong.class)
                .hasMessage("Never handled\n  Seen: often");
    }

    @Test
    void whatTheConditionThrowsSurfacesAtOnceAsItIs() {
        assertThatThrownBy(() -> Eventually.within(LONG)
                        .until("to do", () -> {
                            throw new Todo(1, "Write it.");
                        })
                        .orElse(() -> Wrong.that("never")))
                .isInstanceOf(Todo.class);
        assertThatThrownBy(() -> Eventually.within(LONG)
                        .until("checked", () -> {
                            throw new IOException("gone");
                        })
                        .orElse(() -> Wrong.that("never")))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThatThrownBy(() -> Eventually.never(
                        "error",
                        LONG,
                        () -> {
                            throw new StackOverflowError("deep");
                        },
                        () -> Wrong.that("never")))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void neverWatchesForTheWholeTime() {
        long start = System.nanoTime();
        assertThatCode(() -> Eventually.never("nothing", SHORT, () -> false, () -> Wrong.that("it happened")))
                .doesNotThrowAnyException();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void neverFailsAtOnceWhenItHappens() {
        assertThatThrownBy(() -> Eventually.never(
                        "nothing", LONG, () -> looks.incrementAndGet() == 3, () -> Wrong.that("It happened")))
                .isInstanceOf(Wrong.class)
                .hasMessage("It happened");
    }
}
