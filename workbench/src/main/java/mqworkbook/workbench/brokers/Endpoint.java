package mqworkbook.workbench.brokers;

import java.net.InetSocketAddress;

/**
 * Where a broker listens and as whom to log in.
 *
 * @param host address that this machine can connect to, never a wildcard
 * @param port TCP port of the broker's client protocol
 * @param username empty where the broker knows no users
 * @param password empty where the broker knows no users
 * @param virtualHost RabbitMQ's virtual host; empty elsewhere
 */
public record Endpoint(String host, int port, String username, String password, String virtualHost) {

    /** The address to connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}
