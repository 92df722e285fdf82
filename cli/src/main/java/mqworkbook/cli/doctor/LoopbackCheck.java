package mqworkbook.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Whether this machine can connect to itself: brokers, relays and the judge all do. */
final class LoopbackCheck {

    private static final String NAME = "loopback";
    private static final int PATIENCE_MILLIS = 1000;

    private LoopbackCheck() {}

    static Check of(String address) {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(address));
                Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, listener.getLocalPort()), PATIENCE_MILLIS);
            return Check.ok(NAME, address + " can be listened on and connected to");
        } catch (IOException e) {
            return Check.missing(
                    NAME,
                    address + " cannot be used (" + e.getMessage() + ")",
                    "A firewall or a sandbox is in the way, or the interface is down.");
        }
    }
}
