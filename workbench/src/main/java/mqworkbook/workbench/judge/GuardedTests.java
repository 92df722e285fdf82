package mqworkbook.workbench.judge;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.workbench.judge.guard.HangGuard;
import mqworkbook.workbench.judge.guard.TookTooLong;
import mqworkbook.workbench.judge.learner.LearnerCode;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs tests, their set-up and their clean-up under the {@link TimeLimit}. Brokers start in {@code @BeforeAll} methods, which take
 * what they need.
 */
final class GuardedTests implements InvocationInterceptor {

    private static final Duration USUAL = Duration.ofSeconds(10);

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> invoked, ExtensionContext context)
            throws Throwable {
        return guarded(invocation, limit(invoked.getTargetClass()).orElse(USUAL), context);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        guarded(invocation, limit(invoked.getExecutable(), context), context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        guarded(invocation, limit(invoked.getExecutable(), context), context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        guarded(invocation, limit(invoked.getExecutable(), context), context);
    }

    @Override
    public <T> T interceptTestFactoryMethod(
            Invocation<T> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        return guarded(invocation, limit(invoked.getExecutable(), context), context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext invoked, ExtensionContext context)
            throws Throwable {
        ExtensionContext factory = factory(context);
        guarded(invocation, limit(factory.getRequiredTestMethod(), factory), context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        guarded(invocation, limit(invoked.getExecutable(), context), context);
    }

    private static <T> T guarded(Invocation<T> invocation, Duration limit, ExtensionContext context) throws Throwable {
        try {
            return HangGuard.run(invocation::proceed, Patience.stretched(limit), LearnerCode.ofRun());
        } catch (TookTooLong tooLong) {
            GateState.of(context).stuck(Steps.number(context));
            throw tooLong;
        }
    }

    private static ExtensionContext factory(ExtensionContext context) {
        return context.getTestMethod().isPresent()
                ? context
                : factory(context.getParent().orElseThrow());
    }

    /** The method's own limit, or that of the class that declares it, or of the nearest class around the test. */
    private static Duration limit(Method method, ExtensionContext context) {
        return of(method)
                .or(() -> limit(method.getDeclaringClass()))
                .or(() -> limit(context.getRequiredTestClass()))
                .orElse(USUAL);
    }

    private static Optional<Duration> limit(Class<?> type) {
        return Stream.<Class<?>>iterate(type, at -> at != null, Class::getEnclosingClass)
                .flatMap(at -> of(at).stream())
                .findFirst();
    }

    private static Optional<Duration> of(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, TimeLimit.class)
                .map(limit -> Duration.ofSeconds(limit.value()));
    }
}
