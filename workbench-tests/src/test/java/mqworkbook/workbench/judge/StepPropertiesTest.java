package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link StepProperties}. */
class StepPropertiesTest {

    @Test
    void aFalsifiedPropertyTellsTheSmallestCaseAndClosesTheNextStep() {
        LessonRun run = LessonRun.of(WrongInProperty.class);
        assertThat(run.events)
                .containsExactlyInAnyOrder(
                        "small orders only failed", "any order successful", "Step two skipped: waiting for step 1")
                .endsWith("Step two skipped: waiting for step 1");
        assertThat(run.failure())
                .isInstanceOf(Wrong.class)
                .hasMessage("Large orders are lost\n  Case: Smallest case found: amount = 101");
    }

    @Test
    void otherFailuresAreRethrownAsTheyAre() {
        LessonRun run = LessonRun.of(OthersInProperty.class);
        assertThat(run.failures.get("to do")).isInstanceOf(Todo.class).hasMessage("Write it.");
        assertThat(run.failures.get("to do").getSuppressed()).isEmpty();
        assertThat(run.failures.get("exception")).isInstanceOf(IllegalStateException.class);
        assertThat(run.failures.get("exception").getSuppressed())
                .singleElement()
                .hasToString("Found with: name = \"\"");
        assertThat(run.failures.get("false")).isInstanceOf(AssertionError.class);
    }

    @Test
    void aContainerThatFailsIsTheFailure() {
        LessonRun run = LessonRun.of(NoBroker.class);
        assertThat(run.failure()).isInstanceOf(IllegalStateException.class).hasMessage("no broker");
        assertThat(run.events).endsWith("Step two skipped: waiting for step 1");
    }

    @Test
    void aClassWithoutPropertiesIsAMistakeOfTheJudge() {
        assertThat(LessonRun.of(Empty.class).failure())
                .hasMessageContaining(StepPropertiesTest.class.getName() + " has no property");
    }

    @Test
    void eachPropertyClassIsClaimedByOneStep(@TempDir Path sources) throws IOException {
        write(sources, "OrderProperties", "");
        write(sources, "LostProperties", "");
        write(sources, "TwiceProperties", "");
        write(sources, "Step1", "return StepProperties.of(OrderProperties.class, TwiceProperties.class);");
        write(sources, "Step2", "return StepProperties\n .of( TwiceProperties.class );");
        assertThat(StepProperties.unclaimed(sources))
                .containsExactly("LostProperties is run by no step", "TwiceProperties is run 2 times: by Step1, Step2");
    }

    private static void write(Path folder, String name, String body) throws IOException {
        Files.writeString(folder.resolve(name + ".java"), "class " + name + " {" + body + "}", StandardCharsets.UTF_8);
    }

    static class Orders {
        @Property(tries = 200)
        @Label("small orders only")
        void small(@ForAll int amount) {
            if (amount > 100) {
                throw Wrong.that("Large orders are lost");
            }
        }

        @Property(tries = 5)
        @Label("any order")
        void any(@ForAll int amount) {}
    }

    static class Others {
        @Property
        @Label("to do")
        void todo(@ForAll int amount) {
            throw new Todo(1, "Write it.");
        }

        @Property(shrinking = ShrinkingMode.OFF)
        @Label("exception")
        void exception(@ForAll("empty") String name) {
            throw new IllegalStateException("closed");
        }

        @Property
        @Label("false")
        boolean isFalse(@ForAll int amount) {
            return false;
        }

        @Provide
        Arbitrary<String> empty() {
            return Arbitraries.of("");
        }
    }

    static class BrokerNeeded {
        @BeforeContainer
        static void open() {
            throw new IllegalStateException("no broker");
        }

        @Property
        void any(@ForAll int amount) {}
    }

    static class After {
        @Test
        void after() {}
    }

    @Lesson(number = "90", title = "a wrong answer in a property")
    static class WrongInProperty {
        @Nested
        @Step(1)
        class First {
            @TestFactory
            Stream<DynamicTest> properties() {
                return StepProperties.of(Orders.class);
            }
        }

        @Nested
        @Step(2)
        @DisplayName("Step two")
        class Second extends After {}
    }

    @Lesson(number = "91", title = "other failures in a property")
    static class OthersInProperty {
        @Nested
        @Step(1)
        class First {
            @TestFactory
            Stream<DynamicTest> properties() {
                return StepProperties.of(Others.class);
            }
        }
    }

    @Lesson(number = "92", title = "a container that fails")
    static class NoBroker {
        @Nested
        @Step(1)
        class First {
            @TestFactory
            Stream<DynamicTest> properties() {
                return StepProperties.of(BrokerNeeded.class);
            }
        }

        @Nested
        @Step(2)
        @DisplayName("Step two")
        class Second extends After {}
    }

    @Lesson(number = "93", title = "no property")
    static class Empty {
        @Nested
        @Step(1)
        class First {
            @TestFactory
            Stream<DynamicTest> properties() {
                return StepProperties.of(StepPropertiesTest.class);
            }
        }
    }
}
