package mqworkbook.workbench.judge;

import java.util.Optional;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestIdentifier;

/** Which class stands behind what a launcher has found. */
public final class TestClasses {

    private TestClasses() {}

    /** The class that a container stands for; empty for all else. */
    public static Optional<Class<?>> of(TestIdentifier found) {
        return found.getSource()
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass());
    }
}
