package mqworkbook.workbench.judge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long a test of a {@link Lesson} may take, where the usual 10 seconds are not enough. On a class it holds for each of
 * its tests, on a factory for each of its dynamic tests; a method's own comes before its class's. Set-up and clean-up for
 * each test have the limit too, and what is done once for a class ({@code @BeforeAll}) has none. While the machine is busy, a test has a multiple of it.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface TimeLimit {

    /** The limit in seconds. */
    int value();
}
