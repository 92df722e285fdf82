package mqworkbook.workbench.judge;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import mqworkbook.workbench.judge.learner.Causes;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.FalsifiedSample;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Adds the case with which a property failed to what it threw. jqwik finds it by the service loader. */
public final class SampleTelling implements AroundPropertyHook {

    private static final String FOUND_WITH = "Found with: ";
    private static final int LONGEST = 400;

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyExecutionResult result = property.execute();
        if (result.status() == PropertyExecutionResult.Status.FAILED) {
            result.throwable().ifPresent(thrown -> tell(thrown, context, result));
        }
        return result;
    }

    private static void tell(Throwable thrown, PropertyLifecycleContext context, PropertyExecutionResult result) {
        // What is still to be written fails with any case.
        if (Causes.first(thrown, Todo.class).isPresent()) {
            return;
        }
        text(context, result).ifPresent(told -> tell(thrown, told));
    }

    /** Lets a failure carry the case in which it was seen. */
    static void tell(Throwable thrown, String sample) {
        if (thrown instanceof Wrong wrong) {
            wrong.sample(sample);
        } else {
            thrown.addSuppressed(new SmallestCase(sample));
        }
    }

    /** A case that is not shrunk. */
    static String foundWith(Method property, List<Object> values) {
        return FOUND_WITH + shortened(named(property.getParameters(), values));
    }

    private static Optional<String> text(PropertyLifecycleContext context, PropertyExecutionResult result) {
        Optional<FalsifiedSample> shrunk = result.shrunkSample().map(FalsifiedSample.class::cast);
        String label = shrunk.isPresent() ? "Smallest case found: " : FOUND_WITH;
        return shrunk.or(result::originalSample)
                .map(FalsifiedSample::parameters)
                .filter(values -> !values.isEmpty())
                .map(values -> label + shortened(named(context.targetMethod().getParameters(), values)));
    }

    private static String named(Parameter[] parameters, List<Object> values) {
        StringJoiner text = new StringJoiner(", ");
        for (int i = 0; i < values.size(); i++) {
            String name = i < parameters.length && parameters[i].isNamePresent() ? parameters[i].getName() + " = " : "";
            text.add(name + value(values.get(i)));
        }
        return text.toString();
    }

    private static String value(Object value) {
        if (value instanceof CharSequence || value instanceof Character) {
            return "\"" + value + "\"";
        }
        // Arrays of all kinds, without their brackets.
        String text = Arrays.deepToString(new Object[] {value});
        return text.substring(1, text.length() - 1);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
