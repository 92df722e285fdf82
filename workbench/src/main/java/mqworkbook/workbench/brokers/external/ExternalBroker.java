package mqworkbook.workbench.brokers.external;

import java.io.IOException;
import java.time.Duration;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;

/** A broker that somebody else runs: it is looked at, used, and left alone. */
public abstract class ExternalBroker implements Broker {

    /** RocketMQ's, unless it is told otherwise; the others are better. */
    private static final Duration TIMER_PRECISION = Duration.ofSeconds(1);

    private final ExternalAddress setting;
    private final Endpoint endpoint;
    private String version;

    protected ExternalBroker(ExternalAddress setting, Endpoint endpoint) {
        this.setting = setting;
        this.endpoint = endpoint;
    }

    /**
     * Connects as a client and asks for the server's version.
     *
     * @throws IOException when no client is let in
     * @throws RefusedException when the user is refused
     */
    protected abstract String askVersion() throws IOException;

    /** Throws {@link BrokerUnavailableException} when the lessons do not hold for that version. */
    protected abstract void requireSupported(String found);

    /** The broker refuses the user. */
    protected static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        public RefusedException(Throwable cause) {
            super(cause);
        }
    }

    /** Where it is, without the password. */
    public String address() {
        return endpoint.host() + ":" + endpoint.port();
    }

    @Override
    public final BrokerKind kind() {
        return setting.kind();
    }

    @Override
    public final synchronized void start() {
        if (version != null) {
            return;
        }
        try {
            String found = askVersion();
            requireSupported(found);
            version = found;
        } catch (RefusedException e) {
            throw new BrokerUnavailableException(
                    "The " + product() + " at " + address() + " refuses the user " + endpoint.username()
                            + ": correct user and password in " + setting.property(),
                    e);
        } catch (IOException e) {
            throw new BrokerUnavailableException(
                    "No " + product() + " lets a client in at " + address() + ": check that it runs there, or correct "
                            + setting.property() + " (" + setting.asSwitch() + ")",
                    e);
        }
    }

    /** Leaves the broker alone: it is not ours. */
    @Override
    public final void stop() {}

    @Override
    public final Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public final synchronized Capabilities capabilities() {
        return new Capabilities(
                version,
                false,
                "the " + product() + " at " + address() + " is run by somebody else, so it is not restarted",
                TIMER_PRECISION);
    }

    @Override
    public final synchronized String describe() {
        return product() + " " + version + ", external at " + address();
    }

    @Override
    public final void restart() {
        throw new UnsupportedOperationException(capabilities().whyNotRestartable());
    }

    private String product() {
        return setting.kind().displayName();
    }
}
