package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Tests of {@link Problems}, {@link ProblemWatch} and {@link UncaughtExceptions}. */
class ProblemsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void aTestThatPassedOverAProblemFailsWithIt() {
        LessonRun run = LessonRun.of(Silent.class);
        assertThat(run.events).containsExactly("first() failed", "second() successful");
        assertThat(run.failure())
                .isInstanceOf(Wrong.class)
                .hasMessageStartingWith("An exception left the callback of inventory\n"
                        + "  Seen: IllegalStateException: stock is negative")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWaitEndsAtOnceWithAProblemOfAnotherThread() {
        long start = System.nanoTime();
        LessonRun run = LessonRun.of(Waiting.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(run.failures.get("waits()"))
                .hasMessageStartingWith("An exception ended the thread \"consumer-1\"")
                .hasMessageContaining("StackOverflowError");
        assertThat(run.failures.get("watches()")).isInstanceOf(Todo.class).hasMessage("Handle it.");
    }

    @Test
    void aTodoExplainsWhateverElseFails() {
        assertThat(LessonRun.of(TodoBehindFailure.class).failure()).isInstanceOf(Todo.class);
    }

    @Test
    void aTodoCountsAlsoWhereCodeCatchesIt() {
        assertThat(LessonRun.of(CaughtTodo.class).failure())
                .isInstanceOf(Todo.class)
                .hasMessage("Handle it.");
    }

    @Test
    void aFailureOfTheTestComesFirstAndKeepsTheProblem() {
        Throwable failure = LessonRun.of(FailureAndProblem.class).failure();
        assertThat(failure).hasMessage("E-1 is lost");
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @Test
    void whatIsReportedAfterTheTestIsDropped() {
        LessonRun.of(Silent.class);
        Problems.report("late", new IllegalStateException());
        assertThatCode(Problems::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void whatAThreadOfAnEarlierTestReportsIsNotBlamedOnTheNext() {
        assertThat(LessonRun.of(LateReport.class).events).containsExactly("first() successful", "second() successful");
    }

    @Test
    void whatASharedThreadReportsBelongsToTheTestThatRuns() {
        assertThat(LessonRun.of(SharedThread.class).events).containsExactly("first() successful", "second() failed");
    }

    @Test
    void theHandlerOfUncaughtExceptionsIsRestored() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        LessonRun.of(Waiting.class);
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
    }

    @Lesson(number = "90", title = "a problem and no failure")
    static class Silent {
        @Nested
        @Step(1)
        class First {
            @Test
            @Order(1)
            void first() {
                Problems.report(
                        "An exception left the callback of inventory", new IllegalStateException("stock is negative"));
                Problems.report("another", new IllegalStateException("later"));
            }

            @Test
            @Order(2)
            void second() {}
        }
    }

    @Lesson(number = "91", title = "a thread that dies")
    static class Waiting {
        @Nested
        @Step(1)
        class First {
            private final CountDownLatch never = new CountDownLatch(1);

            @Test
            void waits() {
                new Thread(
                                () -> {
                                    throw new StackOverflowError();
                                },
                                "consumer-1")
                        .start();
                Eventually.within(LONG)
                        .until("handled", () -> never.getCount() == 0)
                        .orElse(() -> Wrong.that("never handled"));
            }

            @Test
            void watches() {
                new Thread(() -> Problems.report("failed", new RuntimeException(new Todo(1, "Handle it.")))).start();
                Eventually.never("nothing", LONG, () -> never.getCount() == 0, () -> Wrong.that("happened"));
            }
        }
    }

    @Lesson(number = "92", title = "a to-do in a callback")
    static class TodoBehindFailure {
        @Nested
        @Step(1)
        class First {
            @BeforeEach
            void open() {
                Problems.report("failed", new Todo(1, "Handle it."));
            }

            @Test
            void fails() {
                throw Wrong.that("E-1 is lost");
            }
        }
    }

    @Lesson(number = "96", title = "a to-do that code catches")
    static class CaughtTodo {
        @Nested
        @Step(1)
        class First {
            @Test
            void passes() {
                try {
                    throw new Todo(1, "Handle it.");
                } catch (RuntimeException e) {
                    // As a consumer's loop does.
                }
            }
        }
    }

    @Lesson(number = "93", title = "both")
    static class FailureAndProblem {
        @Nested
        @Step(1)
        class First {
            @Test
            void fails() {
                Problems.report("failed", new IllegalStateException());
                throw Wrong.that("E-1 is lost");
            }
        }
    }

    @Lesson(number = "94", title = "a thread that outlives its test")
    static class LateReport {
        @Nested
        @Step(1)
        class First {
            private static final CountDownLatch SECOND = new CountDownLatch(1);
            private static Thread late;

            @Test
            @Order(1)
            void first() {
                late = new Thread(() -> {
                    try {
                        SECOND.await();
                        Problems.report("late", new IllegalStateException());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                late.start();
            }

            @Test
            @Order(2)
            void second() throws InterruptedException {
                SECOND.countDown();
                late.join();
            }
        }
    }

    @Lesson(number = "95", title = "a thread that tests share")
    static class SharedThread {
        @Nested
        @Step(1)
        class First {
            private static ExecutorService shared;

            @BeforeAll
            static void start() throws Exception {
                shared = Executors.newSingleThreadExecutor();
                shared.submit(() -> {}).get();
            }

            @AfterAll
            static void stop() {
                shared.shutdown();
            }

            @Test
            @Order(1)
            void first() {}

            @Test
            @Order(2)
            void second() throws Exception {
                shared.submit(() -> Problems.report("failed", new IllegalStateException()))
                        .get();
            }
        }
    }
}
