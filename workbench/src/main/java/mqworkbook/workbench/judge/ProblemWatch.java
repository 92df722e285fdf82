package mqworkbook.workbench.judge;

import java.lang.reflect.Method;
import java.util.Optional;
import mqworkbook.workbench.judge.guard.TookTooLong;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Lets a test fail with what was reported to {@link Problems} while it ran. */
final class ProblemWatch implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, InvocationInterceptor {

    @Override
    public void beforeAll(ExtensionContext context) {
        // Once for a run: the store of the root closes it when all tests are over.
        context.getRoot()
                .getStore(Namespace.create(ProblemWatch.class))
                .computeIfAbsent(
                        UncaughtExceptions.class, type -> UncaughtExceptions.report(), UncaughtExceptions.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Problems.open();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Problems.close();
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        surface(invocation);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        surface(invocation);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        surface(invocation);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext invoked, ExtensionContext context)
            throws Throwable {
        try {
            surface(invocation);
        } finally {
            Problems.openNext();
        }
    }

    private static void surface(Invocation<Void> invocation) throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            throw primary(found(failure), Problems.first());
        }
        Problems.throwIfAny();
    }

    /** A property whose time is over while it looks for a smaller case has failed before. */
    private static Throwable found(Throwable failure) {
        return failure instanceof TookTooLong ? Problems.falsified().orElse(failure) : failure;
    }

    /** What the test says comes first, for it knows what was asked; but a to-do explains all else. */
    private static Throwable primary(Throwable failure, Optional<Throwable> problem) {
        if (problem.isEmpty() || problem.get() == failure || failure instanceof Todo) {
            return failure;
        }
        if (problem.get() instanceof Todo) {
            return problem.get();
        }
        // An exception elsewhere is the likely reason why nothing came back.
        if (failure instanceof TookTooLong) {
            problem.get().addSuppressed(failure);
            return problem.get();
        }
        failure.addSuppressed(problem.get());
        return failure;
    }
}
