package mqworkbook.workbench.brokers.rabbitmq;

import java.util.Optional;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.Images;

/** RabbitMQ in all three ways. */
public final class RabbitMqProvider implements Provider {

    @Override
    public BrokerKind kind() {
        return BrokerKind.RABBITMQ;
    }

    @Override
    public String image() {
        return Images.of(BrokerKind.RABBITMQ);
    }

    @Override
    public boolean ready(ContainerEngine engine) {
        return Images.neededFor(BrokerKind.RABBITMQ).allMatch(engine::hasImage);
    }

    @Override
    public Broker container(ContainerEngine engine) {
        return new ContainerRabbitMq(engine);
    }

    @Override
    public Optional<String> localObstacle() {
        return RabbitMqInstallation.obstacle(UserCache.ofUser());
    }

    @Override
    public Broker local() {
        return new LocalRabbitMq();
    }

    @Override
    public boolean hasExternalAddress() {
        return ExternalRabbitMq.isNamed();
    }

    @Override
    public String externalAddress() {
        return ExternalRabbitMq.ofSetting().address();
    }

    @Override
    public String externalExample() {
        return ExternalRabbitMq.EXAMPLE;
    }

    @Override
    public Broker external() {
        return ExternalRabbitMq.ofSetting();
    }
}
