package mqworkbook.workbench.judge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.LessonRun;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link LessonListener}: from a run to its model. */
class LessonListenerTest {

    private final Recorder recorder = new Recorder();

    @Test
    void stepsAreToldAsTheyFinishAndTheLessonLast() {
        run(Mixed.class);
        assertThat(recorder.told)
                .containsExactly("01 Mixed", "1 DONE 3 of 3", "2 WRONG 1 of 3", "3 WAITING 0 of 1", "01 finished");
    }

    @Test
    void theModelTellsEachTest() {
        run(Mixed.class);
        List<StepResult> steps = recorder.last.steps();
        assertThat(steps).extracting(StepResult::title).containsExactly("The contract", "The topology", "Publishing");
        assertThat(steps.get(0).tests())
                .extracting(TestResult::name)
                .containsExactly(
                        "small, [1]", "small, [2]", "for any event, round trip", "for any event, growth", "last");
        assertThat(steps.get(1).minutes()).isEqualTo(8);
        assertThat(steps.get(2).core()).isFalse();
        assertThat(steps.get(2).waitingFor()).isEqualTo(2);
        Failure problem = recorder.last.firstProblem().orElseThrow();
        assertThat(problem.requirement()).isEqualTo("routing");
        assertThat(problem.thrown()).hasMessage("E-1 went astray");
        assertThat(recorder.last.green()).isFalse();
    }

    @Test
    void aTodoIsNotAWrongAnswer() {
        run(Open.class);
        assertThat(recorder.told).contains("1 TODO 0 of 1");
    }

    @Test
    void whatIsNotAskedForIsNotRun() {
        run(Open.class, "upto=0");
        assertThat(recorder.told).containsExactly("01 Open", "1 NOT_RUN 0 of 1", "01 finished");
        assertThat(recorder.last.complete()).isFalse();
    }

    @Test
    void stepsOfWhichAllTestsWereSkippedAreNotRun() {
        run(Skipped.class);
        assertThat(recorder.told).contains("1 NOT_RUN 0 of 1");
        assertThat(recorder.last.steps().get(0).tests())
                .singleElement()
                .satisfies(test -> assertThat(test.reason()).contains("no cluster here"));
    }

    @Test
    void whoRunsOneTestIsNotDoneWithTheStep() {
        LessonRun.execute(selectMethod(Whole.First.class, "one"), new LessonListener(recorder));
        assertThat(recorder.told).containsExactly("01 Whole", "1 PARTLY 1 of 2", "01 finished");
        assertThat(recorder.last.green()).isTrue();
        assertThat(recorder.last.complete()).isFalse();
        assertThat(recorder.last.selection()).isTrue();
        assertThat(LessonPrinter.plain().message(recorder.last))
                .isEqualTo("\nAll that ran has passed. Not run: 1 test of step 1, step 2.\n");
    }

    @Test
    void whoRunsOneStepIsNotDoneWithTheLesson() {
        LessonRun.execute(selectClass(Whole.First.class), new LessonListener(recorder));
        assertThat(recorder.told).containsExactly("01 Whole", "1 DONE 2 of 2", "01 finished");
        assertThat(recorder.last.steps()).extracting(StepResult::title).containsExactly("First", "The second");
        assertThat(recorder.last.complete()).isFalse();
        assertThat(recorder.last.selection()).isTrue();
    }

    @Test
    void whoRunsAllIsDone() {
        run(Whole.class);
        assertThat(recorder.last.complete()).isTrue();
        assertThat(recorder.last.selection()).isFalse();
    }

    @Test
    void aLessonThatCannotBeginFailsOutsideOfItsSteps() {
        run(NoBroker.class);
        assertThat(recorder.last.outside())
                .singleElement()
                .satisfies(failure -> assertThat(failure.thrown()).hasMessage("no broker"));
        assertThat(recorder.last.green()).isFalse();
    }

    @Test
    void aPlanWithoutALessonIsNotToldOf() {
        run(NoLesson.class);
        assertThat(recorder.told).isEmpty();
    }

    private void run(Class<?> tests, String... parameters) {
        LessonRun.execute(tests, new LessonListener(recorder), parameters);
    }

    private static final class Recorder implements LessonReport {

        private final List<String> told = new ArrayList<>();
        private LessonResult last;

        @Override
        public void started(LessonResult lesson) {
            told.add(lesson.number() + " " + lesson.title());
        }

        @Override
        public void finished(StepResult step) {
            told.add(step.number() + " " + step.state() + " " + step.passed() + " of " + step.methods());
        }

        @Override
        public void finished(LessonResult lesson) {
            told.add(lesson.number() + " finished");
            last = lesson;
        }
    }

    @Lesson(number = "01", title = "Whole")
    static class Whole {
        @Nested
        @Step(value = 1, minutes = 1)
        @DisplayName("First")
        class First {
            @Test
            void one() {}

            @Test
            void other() {}
        }

        @Nested
        @Step(value = 2, minutes = 1)
        @DisplayName("The second")
        class Second {
            @Test
            void one() {}
        }
    }

    @Lesson(number = "01", title = "Mixed")
    static class Mixed {
        @Nested
        @Step(1)
        @DisplayName("The contract")
        class First {
            @ParameterizedTest(name = "[{0}]")
            @Order(1)
            @DisplayName("small")
            @ValueSource(ints = {1, 2})
            void small(int number) {}

            @TestFactory
            @Order(2)
            @DisplayName("for any event")
            Stream<DynamicTest> properties() {
                return Stream.of(dynamicTest("round trip", () -> {}), dynamicTest("growth", () -> {}));
            }

            @Test
            @Order(3)
            @DisplayName("last")
            void last() {}
        }

        @Nested
        @Step(value = 2, minutes = 8)
        @DisplayName("The topology")
        class Second {
            @Test
            @Order(1)
            void copies() {}

            @Test
            @Order(2)
            @DisplayName("routing")
            void routing() {
                throw Wrong.that("E-1 went astray");
            }

            @TestFactory
            @Order(3)
            Stream<DynamicTest> properties() {
                return Stream.of(dynamicTest("green", () -> {}), dynamicTest("red", () -> {
                    throw new IllegalStateException();
                }));
            }
        }

        @Nested
        @Step(value = 3, core = false)
        @DisplayName("Publishing")
        class Third {
            @Test
            void publishes() {}
        }
    }

    @Lesson(number = "01", title = "Open")
    static class Open {
        @Nested
        @Step(1)
        class First {
            @Test
            void written() {
                throw new IllegalStateException(new Todo(1, "Write it."));
            }
        }
    }

    @Lesson(number = "01", title = "Skipped")
    static class Skipped {
        @Nested
        @Step(1)
        class First {
            @Test
            void restart() {
                assumeTrue(false, "no cluster here");
            }
        }
    }

    @Lesson(number = "01", title = "No broker")
    static class NoBroker {
        @BeforeAll
        static void open() {
            throw new IllegalStateException("no broker");
        }

        @Nested
        @Step(1)
        class First {
            @Test
            void any() {}
        }
    }

    static class NoLesson {
        @Test
        void fails() {
            throw new IllegalStateException();
        }
    }
}
