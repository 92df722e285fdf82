package mqworkbook.workbench.judge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks the test class of a lesson. Its steps are nested classes with {@link Step}; they run in the order of their
 * numbers, and a step runs only when all tests of the steps before it have passed.
 *
 * <p>JUnit configuration parameters, or system properties of the same names, change that: {@code steps=all} runs every
 * step whatever has failed; {@code from=N} runs no step before N, {@code upto=N} none
 * after N; {@code first=true} runs nothing after the first test
 * that fails.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestClassOrder(StepOrder.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(StepGate.class)
@ExtendWith(ProblemWatch.class)
@ExtendWith(GuardedTests.class)
public @interface Lesson {

    /** Two digits, as in the lesson's folder. */
    String number();

    /** The lesson in one line. */
    String title();
}
