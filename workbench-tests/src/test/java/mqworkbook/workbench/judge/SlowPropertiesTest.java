package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests of properties whose tries are slow, as on a live broker, when one of them fails. */
class SlowPropertiesTest {

    private static final AtomicInteger TRIES = new AtomicInteger();

    @Test
    void aTodoIsNotShrunk() {
        TRIES.set(0);
        LessonRun run = LessonRun.of(Unwritten.class);
        assertThat(run.failure()).isInstanceOf(Todo.class);
        assertThat(TRIES).hasValue(1);
    }

    @Test
    void shrinkingTakesNoMoreThanAFewSeconds() {
        long start = System.nanoTime();
        Throwable failure = LessonRun.of(Slow.class).failure();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        assertThat(failure).isInstanceOf(Wrong.class).hasMessageContaining("orders = [");
    }

    @Test
    void aFailureThatWasFoundIsToldAlthoughTheTimeIsOver() {
        Throwable failure = LessonRun.of(SlowAndLimited.class).failure();
        assertThat(failure).isInstanceOf(Wrong.class).hasMessageContaining("orders = [");
    }

    @Test
    void noTryIsMadeWhenTheTestIsOver() {
        TRIES.set(0);
        LessonRun.of(SlowAndLimited.class);
        int underWay = TRIES.get() + 1;
        Awaitility.await("no further try")
                .during(Duration.ofMillis(700))
                .atMost(Duration.ofSeconds(5))
                .until(() -> TRIES.get() <= underWay);
    }

    @Lesson(number = "90", title = "a property of code that is not written")
    static class Unwritten {
        @Nested
        @Step(1)
        class One {
            @TestFactory
            Stream<DynamicTest> properties() {
                return StepProperties.of(UnwrittenCode.class);
            }
        }
    }

    @Lesson(number = "90", title = "a property that takes long to shrink")
    static class Slow {
        @Nested
        @Step(1)
        class One {
            @TestFactory
            Stream<DynamicTest> properties() {
                return StepProperties.of(SlowCode.class);
            }
        }
    }

    @Lesson(number = "90", title = "a property that takes longer to shrink than it may")
    static class SlowAndLimited {
        @Nested
        @Step(1)
        class One {
            @TestFactory
            @TimeLimit(1)
            Stream<DynamicTest> properties() {
                return StepProperties.of(SlowCode.class);
            }
        }
    }

    static class UnwrittenCode {
        @Property(tries = 50)
        void publish(@ForAll @Size(min = 5, max = 50) List<Integer> orders) {
            TRIES.incrementAndGet();
            throw new IllegalStateException(new Todo(1, "Publish it."));
        }
    }

    static class SlowCode {
        @Property(tries = 50)
        void publish(@ForAll @Size(min = 5, max = 50) List<Integer> orders) throws InterruptedException {
            TRIES.incrementAndGet();
            // Stands for a wait of the judge that ends with its time.
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
            throw Wrong.that("An order is lost");
        }
    }
}
