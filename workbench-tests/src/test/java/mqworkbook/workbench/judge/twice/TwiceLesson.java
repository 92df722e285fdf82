package mqworkbook.workbench.judge.twice;

import java.util.stream.Stream;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@Lesson(number = "99", title = "twice")
class TwiceLesson {

    /** How many lessons were judged with these very classes. */
    private static int lessons;

    static class TwiceNumbers {
        @Property(tries = 20)
        @Label("for any number, small")
        void small(@ForAll int number) {
            if (Thread.currentThread().getContextClassLoader() != TwiceNumbers.class.getClassLoader()) {
                throw new IllegalStateException("another class loader");
            }
            if (Boolean.getBoolean("twice.wrong")) {
                throw Wrong.that("wrong on purpose");
            }
        }
    }

    @Nested
    @Step(1)
    class First {
        @TestFactory
        Stream<DynamicTest> properties() {
            return StepProperties.of(TwiceNumbers.class);
        }
    }

    @Nested
    @Step(2)
    class Second {
        @Test
        @DisplayName("second step")
        void second() {
            if (++lessons > 1) {
                throw new IllegalStateException("classes of another run");
            }
        }
    }
}
