package mqworkbook.workbench.brokers;

import java.util.List;
import java.util.Optional;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.kafka.ContainerKafka;
import mqworkbook.workbench.brokers.kafka.ExternalKafka;
import mqworkbook.workbench.brokers.kafka.LocalKafka;
import mqworkbook.workbench.brokers.rabbitmq.ContainerRabbitMq;
import mqworkbook.workbench.brokers.rabbitmq.ExternalRabbitMq;
import mqworkbook.workbench.brokers.rabbitmq.LocalRabbitMq;
import mqworkbook.workbench.brokers.rabbitmq.RabbitMqInstallation;
import mqworkbook.workbench.brokers.redis.ContainerRedis;
import mqworkbook.workbench.brokers.redis.ExternalRedis;
import mqworkbook.workbench.brokers.redis.LocalRedis;
import mqworkbook.workbench.brokers.redis.RedisInstallation;
import mqworkbook.workbench.brokers.rocketmq.ContainerRocketMq;
import mqworkbook.workbench.brokers.rocketmq.ExternalRocketMq;
import mqworkbook.workbench.brokers.rocketmq.LocalRocketMq;

/** All kinds of broker that the workbook can run. */
public final class Providers {

    private Providers() {}

    /** One for each kind, in the order of {@link BrokerKind}. */
    public static List<Provider> all() {
        return List.of(
                new StandardProvider(
                        BrokerKind.RABBITMQ,
                        ContainerRabbitMq::new,
                        () -> RabbitMqInstallation.obstacle(UserCache.ofUser()),
                        LocalRabbitMq::new,
                        ExternalRabbitMq.ADDRESS,
                        ExternalRabbitMq::at),
                new StandardProvider(
                        BrokerKind.KAFKA,
                        ContainerKafka::new,
                        Optional::empty,
                        LocalKafka::new,
                        ExternalKafka.ADDRESS,
                        ExternalKafka::at),
                new StandardProvider(
                        BrokerKind.ROCKETMQ,
                        ContainerRocketMq::new,
                        Optional::empty,
                        LocalRocketMq::new,
                        ExternalRocketMq.ADDRESS,
                        ExternalRocketMq::at),
                new StandardProvider(
                        BrokerKind.REDIS,
                        ContainerRedis::new,
                        RedisInstallation::obstacle,
                        LocalRedis::new,
                        ExternalRedis.ADDRESS,
                        ExternalRedis::at));
    }
}
