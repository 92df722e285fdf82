package mqworkbook.workbench.brokers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names the brokers that a test class needs. They begin to start in the background before the class's first test,
 * which is not held up; whoever needs one waits for it with {@link Brokers#require}.
 *
 * <p>Where exactly one kind is named, a test, constructor or lifecycle method may take a parameter of type {@link
 * Broker}: it is then waited for. Nested classes share the annotation of the classes around them.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrokersExtension.class)
public @interface NeedsBrokers {

    /** The kinds, at least one. */
    BrokerKind[] value();
}
