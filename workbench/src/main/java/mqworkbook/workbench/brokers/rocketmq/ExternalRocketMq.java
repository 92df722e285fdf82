package mqworkbook.workbench.brokers.rocketmq;

import java.io.IOException;
import java.net.URI;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.external.ExternalAddress;
import mqworkbook.workbench.brokers.external.ExternalBroker;

/** A RocketMQ cluster that somebody else runs, named by one of its name servers. */
public final class ExternalRocketMq extends ExternalBroker {

    public static final ExternalAddress ADDRESS =
            new ExternalAddress(BrokerKind.ROCKETMQ, "rocketmq.namesrv", "host:9876");

    private ExternalRocketMq(Endpoint endpoint) {
        super(ADDRESS, endpoint);
    }

    /** The cluster at {@code [ACCESSKEY:SECRETKEY@]HOST:PORT}, without TLS; requests are signed when there are keys. */
    public static ExternalRocketMq at(String text) {
        try {
            URI uri = URI.create("rocketmq://" + text);
            if (uri.getHost() == null || uri.getPort() < 0) {
                throw ADDRESS.malformed(null);
            }
            String[] login = (uri.getUserInfo() == null ? ":" : uri.getUserInfo()).split(":", 2);
            return new ExternalRocketMq(
                    new Endpoint(uri.getHost(), uri.getPort(), login[0], login.length < 2 ? "" : login[1], ""));
        } catch (IllegalArgumentException e) {
            throw ADDRESS.malformed(e);
        }
    }

    @Override
    protected String askVersion() throws IOException {
        try {
            return RocketMqCheck.version(endpoint());
        } catch (RemotingLine.RefusedAnswer e) {
            throw e.isForLackOfPermission() ? new RefusedException(e) : e;
        }
    }

    @Override
    protected void requireSupported(String found) {
        RocketMqCheck.requireSupported(found);
    }
}
