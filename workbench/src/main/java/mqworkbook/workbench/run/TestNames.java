package mqworkbook.workbench.run;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Names tests alike in every run: {@code CLASS#METHOD(PARAMETERS)}; what a method makes, it makes in its own name. */
final class TestNames {

    private TestNames() {}

    /** The method behind a test, or the class for what belongs to none; empty outside of classes. */
    static String of(TestIdentifier test, TestPlan plan) {
        return of(test, TestIdentifier::getSource, plan::getParent);
    }

    /** Lets through the named tests, and all tests of the named classes. */
    static PostDiscoveryFilter only(Set<String> names) {
        // A class that is left out takes its tests with it; one that is left without tests goes by itself.
        return test -> FilterResult.includedIf(!isMethod(test) || isNamed(test, names));
    }

    private static boolean isMethod(TestDescriptor test) {
        return test.getSource().filter(MethodSource.class::isInstance).isPresent();
    }

    private static boolean isNamed(TestDescriptor test, Set<String> names) {
        for (Optional<TestDescriptor> at = Optional.of(test);
                at.isPresent();
                at = at.get().getParent()) {
            if (names.contains(name(at.get().getSource()))) {
                return true;
            }
        }
        return false;
    }

    private static <T> String of(T test, Function<T, Optional<TestSource>> source, Function<T, Optional<T>> parent) {
        String name = "";
        for (Optional<T> at = Optional.of(test); at.isPresent() && name.isEmpty(); at = parent.apply(at.get())) {
            name = name(source.apply(at.get()));
        }
        return name;
    }

    private static String name(Optional<TestSource> source) {
        if (source.isPresent() && source.get() instanceof MethodSource method) {
            return method.getClassName() + "#" + method.getMethodName() + "(" + method.getMethodParameterTypes() + ")";
        }
        return source.isPresent() && source.get() instanceof ClassSource type ? type.getClassName() : "";
    }
}
