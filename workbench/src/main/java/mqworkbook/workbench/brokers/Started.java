package mqworkbook.workbench.brokers;

/**
 * A broker that runs.
 *
 * @param choice how it is run, and why
 */
public record Started(Choice choice, Broker broker) {

    /** One line for the console: {@code RabbitMQ 3.10.8 as a local process (no Docker engine answers here)}. */
    public String describe() {
        return choice.describe(broker);
    }
}
