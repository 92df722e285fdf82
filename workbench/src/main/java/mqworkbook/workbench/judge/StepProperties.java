package mqworkbook.workbench.judge;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs jqwik properties as tests of a step. JUnit runs its engines one after the other, so properties that jqwik runs by
 * itself could not wait for the steps before theirs.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> properties() {
 *     return StepProperties.of(EventContractProperties.class);
 * }
 * }</pre>
 */
public final class StepProperties {

    private StepProperties() {}

    /**
     * One test for each property of the classes. A test throws what its property threw; a {@link Wrong} then also tells
     * the smallest case that was found, and any other exception carries it as a suppressed {@link SmallestCase}. Each
     * property runs with the container hooks of its class.
     *
     * @throws IllegalArgumentException if a class has no property
     */
    public static Stream<DynamicTest> of(Class<?>... classes) {
        return Stream.of(classes).flatMap(properties -> {
            List<PropertyTest> tests = PropertyTest.in(properties);
            if (tests.isEmpty()) {
                throw new IllegalArgumentException(properties.getName() + " has no property");
            }
            return tests.stream().map(test -> DynamicTest.dynamicTest(test.name(), test::run));
        });
    }

    /**
     * Complaints about classes whose name ends in {@code Properties} and which are not run by exactly one step.
     *
     * @param testSources the folder of a lesson's test sources
     * @return one line for each such class; empty when all is well
     */
    public static List<String> unclaimed(Path testSources) throws IOException {
        return PropertyClaims.complaints(testSources);
    }
}
