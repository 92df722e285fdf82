package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;

/** A broker that the keeper lends to this run: it runs already, and stays when the run ends. */
final class KeptBroker implements Broker {

    private static final Duration RESTART_LIMIT = Duration.ofMinutes(2);

    private final BrokerKind kind;
    private final Facts facts;
    private final KeeperLine keeper;

    KeptBroker(BrokerKind kind, Facts facts, KeeperLine keeper) {
        this.kind = kind;
        this.facts = facts;
        this.keeper = keeper;
    }

    @Override
    public BrokerKind kind() {
        return kind;
    }

    @Override
    public Endpoint endpoint() {
        return facts.endpoint();
    }

    @Override
    public Capabilities capabilities() {
        return facts.capabilities();
    }

    @Override
    public String describe() {
        return facts.description() + ", kept running";
    }

    /** It runs already. */
    @Override
    public void start() {}

    /** Leaves it to the next run. */
    @Override
    public void stop() {}

    @Override
    public void restart() {
        try {
            List<String> answer = keeper.patient(RESTART_LIMIT).ask("RESTART", kind.name());
            if (!answer.get(0).equals(Session.OK)) {
                throw new BrokerUnavailableException("The kept " + kind.displayName() + " did not restart: "
                        + answer.get(1) + ". Run ./workbook brokers down, and again");
            }
        } catch (IOException e) {
            throw new BrokerUnavailableException(
                    "The brokers that ./workbook brokers up kept are gone: run again, with brokers of its own", e);
        }
    }
}
