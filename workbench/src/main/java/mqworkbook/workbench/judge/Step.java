package mqworkbook.workbench.judge;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/** Marks the nested test class of one step of a {@link Lesson}; its tests run in the order of their {@code @Order}. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public @interface Step {

    /** The step's number, from 1. */
    int value();

    /** How long the step takes a learner, about, in minutes. */
    int minutes() default 10;

    /** Whether the step belongs to the lesson's core; the others are for those who want more. */
    boolean core() default true;

    /** Where the learner begins to write: {@code "EventCodec#write"}. */
    String write() default "";
}
