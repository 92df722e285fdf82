package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link StepGate}. */
class StepGateTest {

    @Test
    void stepsRunInTheOrderOfTheirNumbersAndTestsInTheirs() {
        assertThat(LessonRun.of(Green.class).events)
                .containsExactly("one successful", "two successful", "three successful", "ten successful");
    }

    @Test
    void aFailedTestClosesTheLaterStepsAndNotTheRestOfItsOwn() {
        assertThat(LessonRun.of(RedInTwo.class).events)
                .containsExactly(
                        "one successful",
                        "two failed",
                        "two again successful",
                        "Step three skipped: waiting for step 2",
                        "Step four skipped: waiting for step 2");
    }

    @Test
    void allStepsRunOnRequest() {
        assertThat(LessonRun.of(RedInTwo.class, "steps=all").events)
                .containsExactly(
                        "one successful", "two failed", "two again successful", "three failed", "four successful");
    }

    @Test
    void noStepAfterTheLastThatIsWantedRuns() {
        assertThat(LessonRun.of(Green.class, "upto=2").events)
                .containsExactly(
                        "one successful", "two successful", "three successful", "Step ten skipped: not asked for");
        assertThat(LessonRun.of(RedInTwo.class, "steps=all", "upto=2").events)
                .containsExactly(
                        "one successful",
                        "two failed",
                        "two again successful",
                        "Step three skipped: not asked for",
                        "Step four skipped: not asked for");
    }

    @Test
    void noStepBeforeTheFirstThatIsWantedRuns() {
        assertThat(LessonRun.of(RedInTwo.class, "from=3", "upto=3").events)
                .containsExactly(
                        "First skipped: not asked for",
                        "Second skipped: not asked for",
                        "three failed",
                        "Step four skipped: not asked for");
    }

    @Test
    void nothingRunsAfterTheFirstFailureOnRequest() {
        assertThat(LessonRun.of(RedInTwo.class, "first=true").events)
                .containsExactly(
                        "one successful",
                        "two failed",
                        "two again skipped: the run stops at the first test that fails",
                        "Step three skipped: waiting for step 2",
                        "Step four skipped: waiting for step 2");
    }

    @Test
    void nothingRunsAfterTheFirstFailingDynamicTestOnRequest() {
        assertThat(LessonRun.of(RedDynamic.class, "first=true").events)
                .containsExactly("red failed", "green aborted", "Step two skipped: waiting for step 1");
    }

    @Test
    void eachKindOfTestClosesTheLaterSteps() {
        for (Class<?> lesson : new Class<?>[] {
            RedDynamic.class, RedFactory.class, RedParameterized.class, RedBeforeEach.class, RedBeforeAll.class
        }) {
            assertThat(LessonRun.of(lesson).events)
                    .as(lesson.getSimpleName())
                    .endsWith("Step two skipped: waiting for step 1");
        }
    }

    @Test
    void aLessonOfWhichNothingRanFails() {
        assertThat(LessonRun.of(Green.class, "upto=0").failure())
                .isInstanceOf(NothingRan.class)
                .hasMessage("No test of this lesson ran: look at the options -Dupto and -Dtest");
        assertThat(LessonRun.of(Disabled.class).failure()).isInstanceOf(NothingRan.class);
        assertThat(LessonRun.of(RedBeforeAll.class).failure()).isNotInstanceOf(NothingRan.class);
    }

    @Test
    void aRunKnowsNothingOfTheOneBefore() {
        LessonRun.of(RedDynamic.class);
        assertThat(LessonRun.of(RedDynamic.class, "upto=1").events).contains("red failed", "green successful");
    }

    @Lesson(number = "90", title = "green")
    static class Green {
        @Nested
        @Step(10)
        @DisplayName("Step ten")
        class Last {
            @Test
            @DisplayName("ten")
            void ten() {}
        }

        @Nested
        @Step(2)
        class Second {
            @Test
            @Order(2)
            @DisplayName("three")
            void a() {}

            @Test
            @Order(1)
            @DisplayName("two")
            void b() {}
        }

        @Nested
        @Step(1)
        class First extends Base {}
    }

    abstract static class Base {
        @Test
        @DisplayName("one")
        void one() {}
    }

    @Lesson(number = "91", title = "red in step 2")
    static class RedInTwo {
        @Nested
        @Step(1)
        class First extends Base {}

        @Nested
        @Step(2)
        class Second {
            @Test
            @Order(1)
            @DisplayName("two")
            void two() {
                throw Wrong.that("two is not two");
            }

            @Test
            @Order(2)
            @DisplayName("two again")
            void twoAgain() {}
        }

        @Nested
        @Step(3)
        @DisplayName("Step three")
        class Third {
            @Test
            @DisplayName("three")
            void three() {
                throw new Todo(3, "Count to three.");
            }
        }

        @Nested
        @Step(4)
        @DisplayName("Step four")
        class Fourth {
            @Test
            @DisplayName("four")
            void four() {}
        }
    }

    @Lesson(number = "92", title = "red dynamic test")
    static class RedDynamic {
        @Nested
        @Step(1)
        class First {
            @TestFactory
            Stream<DynamicTest> tests() {
                return Stream.of(
                        dynamicTest("red", () -> {
                            throw new Todo(1, "Write it.");
                        }),
                        dynamicTest("green", () -> {}));
            }
        }

        @Nested
        @Step(2)
        @DisplayName("Step two")
        class Second extends Base {}
    }

    @Lesson(number = "93", title = "red factory")
    static class RedFactory {
        @Nested
        @Step(1)
        class First {
            @TestFactory
            Stream<DynamicTest> tests() {
                throw new Todo(1, "Write it.");
            }
        }

        @Nested
        @Step(2)
        @DisplayName("Step two")
        class Second extends Base {}
    }

    @Lesson(number = "94", title = "red invocation of a parameterized test")
    static class RedParameterized {
        @Nested
        @Step(1)
        class First {
            @ParameterizedTest
            @ValueSource(ints = {1, 2, 3})
            void small(int number) {
                assertThat(number).isNotEqualTo(2);
            }
        }

        @Nested
        @Step(2)
        @DisplayName("Step two")
        class Second extends Base {}
    }

    @Lesson(number = "95", title = "red before each test")
    static class RedBeforeEach {
        @Nested
        @Step(1)
        class First {
            @BeforeEach
            void open() {
                throw new IllegalStateException("no broker");
            }

            @TestFactory
            Stream<DynamicTest> tests() {
                return Stream.of(dynamicTest("green", () -> {}));
            }
        }

        @Nested
        @Step(2)
        @DisplayName("Step two")
        class Second extends Base {}
    }

    @Lesson(number = "96", title = "red before all tests")
    static class RedBeforeAll {
        @Nested
        @Step(1)
        class First extends Base {
            @BeforeAll
            static void open() {
                throw new IllegalStateException("no broker");
            }
        }

        @Nested
        @Step(2)
        @DisplayName("Step two")
        class Second extends Base {}
    }

    @Lesson(number = "97", title = "nothing that this broker can do")
    static class Disabled {
        @Nested
        @Step(1)
        class First {
            @Test
            @org.junit.jupiter.api.Disabled("the broker cannot be restarted")
            void one() {}
        }
    }
}
