package mqworkbook.workbench.rabbitmq;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that asks for it a fixture of its own, and closes it after the test. */
public final class RabbitMqFixtures implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RabbitMqFixture.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // JUnit closes what its store holds when the test is over.
        return context.getStore(Namespace.create(RabbitMqFixtures.class))
                .computeIfAbsent(
                        RabbitMqFixture.class,
                        type -> RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ)),
                        RabbitMqFixture.class);
    }
}
