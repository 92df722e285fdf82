package mqworkbook.workbench.brokers;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Does what {@link NeedsBrokers} says. */
final class BrokersExtension implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        Brokers.forRun().startInBackground(kinds(context).toArray(BrokerKind[]::new));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Broker.class
                && kinds(context).size() == 1;
    }

    @Override
    public Broker resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Brokers.forRun().require(kinds(context).iterator().next());
    }

    /** Of the class itself and of the classes around it. */
    private static Set<BrokerKind> kinds(ExtensionContext context) {
        Set<BrokerKind> kinds = EnumSet.noneOf(BrokerKind.class);
        Optional<ExtensionContext> current = Optional.of(context);
        while (current.isPresent()) {
            current.get()
                    .getTestClass()
                    .flatMap(type -> AnnotationSupport.findAnnotation(type, NeedsBrokers.class))
                    .ifPresent(needs -> kinds.addAll(List.of(needs.value())));
            current = current.get().getParent();
        }
        return kinds;
    }
}
