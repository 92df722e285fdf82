package mqworkbook.workbench.brokers.rabbitmq;

import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** Another program listens on the port that was meant for the server. */
final class PortTakenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(int port) {
        super("port " + port + " is taken");
        this.port = port;
    }

    BrokerUnavailableException forLearner() {
        return new BrokerUnavailableException(
                "RabbitMQ's port " + port
                        + " on 127.0.0.1 was taken by another program: end it (\"ss -ltnp\" shows it), or run again",
                this);
    }
}
