package mqworkbook.workbench.brokers.redis;

import java.io.IOException;
import java.net.URI;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.external.ExternalAddress;
import mqworkbook.workbench.brokers.external.ExternalBroker;

/** A Redis that somebody else runs, named by a Redis URI. */
public final class ExternalRedis extends ExternalBroker {

    public static final ExternalAddress ADDRESS =
            new ExternalAddress(BrokerKind.REDIS, "redis.uri", "redis://user:password@host:6379");

    private static final int USUAL_PORT = 6379;

    private ExternalRedis(Endpoint endpoint) {
        super(ADDRESS, endpoint);
    }

    /** The server at {@code redis://[[USER]:PASSWORD@]HOST[:PORT]}; TLS is refused: the relay has to see the wire. */
    public static ExternalRedis at(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw ADDRESS.malformed(e);
        }
        if ("rediss".equals(uri.getScheme())) {
            throw new BrokerUnavailableException("The address in " + ADDRESS.property()
                    + " asks for TLS, which the workbook cannot look into: use redis://");
        }
        if (!"redis".equals(uri.getScheme()) || uri.getHost() == null) {
            throw ADDRESS.malformed(null);
        }
        String[] login = (uri.getUserInfo() == null ? ":" : uri.getUserInfo()).split(":", 2);
        int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
        return new ExternalRedis(new Endpoint(uri.getHost(), port, login[0], login.length < 2 ? "" : login[1], ""));
    }

    @Override
    protected String askVersion() throws IOException {
        try {
            return RedisInfo.server(endpoint()).getProperty("redis_version", "of unknown version");
        } catch (IOException e) {
            String said = String.valueOf(e.getMessage());
            throw said.startsWith("WRONGPASS") || said.startsWith("NOAUTH") ? new RefusedException(e) : e;
        }
    }

    @Override
    protected void requireSupported(String found) {
        RedisVersion.requireSupported(found);
    }
}
