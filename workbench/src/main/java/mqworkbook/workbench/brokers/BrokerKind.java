package mqworkbook.workbench.brokers;

/** The kinds of message broker that lessons ask for. */
public enum BrokerKind {
    RABBITMQ("RabbitMQ"),
    KAFKA("Kafka"),
    ROCKETMQ("RocketMQ"),
    REDIS("Redis");

    private final String displayName;

    BrokerKind(String displayName) {
        this.displayName = displayName;
    }

    /** The product's own spelling, for messages. */
    public String displayName() {
        return displayName;
    }
}
