package mqworkbook.workbench.brokers.process;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** Another program listens on a port that was meant for the server. */
final class PortTakenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final BrokerKind kind;
    private final int port;

    PortTakenException(BrokerKind kind, int port) {
        super("port " + port + " is taken");
        this.kind = kind;
        this.port = port;
    }

    BrokerUnavailableException forLearner() {
        return FreePorts.taken(kind, port, this);
    }
}
