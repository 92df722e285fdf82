package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BesideTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void the_result_is_that_of_the_work() throws Exception {
        assertThat(Beside.result(Beside.run(() -> 17), SOON, () -> new AssertionError("late")))
                .isEqualTo(17);
    }

    @Test
    void what_the_work_throws_is_thrown_as_it_is() {
        IOException exception = new IOException("refused");
        AssertionError error = new AssertionError("wrong");

        assertThatThrownBy(() -> Beside.result(
                        Beside.run(() -> {
                            throw exception;
                        }),
                        SOON,
                        () -> new AssertionError("late")))
                .isSameAs(exception);
        assertThatThrownBy(() -> Beside.result(
                        Beside.run(() -> {
                            throw error;
                        }),
                        SOON,
                        () -> new AssertionError("late")))
                .isSameAs(error);
    }

    @Test
    void work_that_does_not_end_is_late() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> Beside.result(
                        Beside.run(() -> {
                            never.await();
                            return null;
                        }),
                        Duration.ofMillis(20),
                        () -> new AssertionError("late")))
                .hasMessage("late");
        never.countDown();
    }
}
