package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import mqworkbook.workbench.judge.guard.TookTooLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests of {@link GuardedTests}: what a test that does not come back does to the run. */
class GuardedTestsTest {

    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /** A hang costs its limit once; three of them would cost three seconds more. */
    private static final Duration ONE_LIMIT_AND_A_MOMENT = Duration.ofMillis(2500);

    @Test
    void aTestThatHangsEndsItsStepAndTheRunGoesOn() {
        LessonRun run = LessonRun.of(Hanging.class, "steps=all");
        assertThat(run.events)
                .containsExactly(
                        "hangs() failed",
                        "second() skipped: an earlier test of this step did not come back",
                        "third() skipped: an earlier test of this step did not come back",
                        "fourth() successful");
        assertThat(run.failure())
                .isInstanceOf(TookTooLong.class)
                .hasMessageMatching("(?s)The test did not come back within [1-4] s.*");
    }

    @Test
    void laterStepsWaitForIt() {
        assertThat(LessonRun.of(Hanging.class).events).endsWith("Two skipped: waiting for step 1");
    }

    @Test
    void dynamicTestsAreGuarded() {
        long start = System.nanoTime();
        LessonRun run = LessonRun.of(HangingProperties.class);
        assertThat(run.events).containsExactly("a failed", "b aborted", "c aborted");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Patience.stretched(ONE_LIMIT_AND_A_MOMENT));
    }

    @Test
    void setUpAndCleanUpAreGuarded() {
        assertThat(LessonRun.of(HangingSetUp.class).failure()).isInstanceOf(TookTooLong.class);
        assertThat(LessonRun.of(HangingCleanUp.class).failure()).isInstanceOf(TookTooLong.class);
        assertThat(LessonRun.of(HangingConstructor.class).failure()).isInstanceOf(TookTooLong.class);
    }

    @Test
    void anExceptionElsewhereIsTheReason() {
        Throwable failure = LessonRun.of(HangingBehindAProblem.class).failure();
        assertThat(failure).isInstanceOf(Wrong.class).hasMessageStartingWith("An exception left the callback");
        assertThat(failure.getSuppressed()).hasAtLeastOneElementOfType(TookTooLong.class);
    }

    @Lesson(number = "90", title = "a test that hangs")
    @TimeLimit(1)
    static class Hanging {
        @Nested
        @Step(1)
        class One {
            @Test
            @Order(1)
            void hangs() throws InterruptedException {
                NEVER.await();
            }

            @Test
            @Order(2)
            void second() {}

            @Test
            @Order(3)
            void third() {}
        }

        @Nested
        @Step(2)
        class Two {
            @Test
            void fourth() {}
        }
    }

    @Lesson(number = "90", title = "a property that hangs")
    static class HangingProperties {
        @Nested
        @Step(1)
        class One {
            @TestFactory
            @TimeLimit(1)
            Stream<DynamicTest> hangs() {
                return Stream.of("a", "b", "c").map(name -> DynamicTest.dynamicTest(name, NEVER::await));
            }
        }
    }

    @Lesson(number = "90", title = "a set-up that hangs")
    @TimeLimit(1)
    static class HangingSetUp {
        @Nested
        @Step(1)
        class One {
            @BeforeEach
            void hangs() throws InterruptedException {
                NEVER.await();
            }

            @Test
            void test() {}
        }
    }

    @Lesson(number = "90", title = "a clean-up that hangs")
    @TimeLimit(1)
    static class HangingCleanUp {
        @Nested
        @Step(1)
        class One {
            @Test
            void test() {}

            @AfterEach
            void hangs() throws InterruptedException {
                NEVER.await();
            }
        }
    }

    @Lesson(number = "90", title = "a constructor that hangs")
    @TimeLimit(1)
    static class HangingConstructor {
        @Nested
        @Step(1)
        class One {
            One() throws InterruptedException {
                NEVER.await();
            }

            @Test
            void test() {}
        }
    }

    @Lesson(number = "90", title = "a handler that throws, and a publish that waits for it")
    @TimeLimit(1)
    static class HangingBehindAProblem {
        @Nested
        @Step(1)
        class One {
            @Test
            void test() throws InterruptedException {
                Problems.report("An exception left the callback of inventory", new IllegalStateException());
                NEVER.await();
            }
        }
    }
}
