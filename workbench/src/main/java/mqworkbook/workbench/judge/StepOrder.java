package mqworkbook.workbench.judge;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/** Orders nested classes by their step; classes that are no step come last, in the order in which they were found. */
final class StepOrder implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparingInt(StepOrder::number));
    }

    private static int number(ClassDescriptor described) {
        return described.findAnnotation(Step.class).map(Step::value).orElse(Integer.MAX_VALUE);
    }
}
