package mqworkbook.workbench.brokers;

/**
 * How one kind of broker is run here, and why.
 *
 * @param kind the product
 * @param way how it is run
 * @param reason why that way, without a full stop
 */
public record Choice(BrokerKind kind, Way way, String reason) {

    /** One line for the console: {@code RabbitMQ as a local process (no Docker engine answers here)}. */
    public String describe() {
        return kind.displayName() + " " + way.phrase() + " (" + reason + ")";
    }

    /** The same with the version that answered: {@code RabbitMQ 3.10.8 as a local process (no Docker ...)}. */
    String describe(Broker started) {
        return kind.displayName() + " " + started.capabilities().version() + " " + way.phrase() + " (" + reason + ")";
    }
}
