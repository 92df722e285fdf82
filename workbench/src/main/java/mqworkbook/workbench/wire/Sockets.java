package mqworkbook.workbench.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;

/** The ways in which the relay begins and ends TCP connections. */
final class Sockets {

    static final InetAddress LOOPBACK = loopback();

    private static final int CONNECT_MILLIS = 5_000;

    private Sockets() {}

    /** Connects within five seconds. */
    static void connect(Socket socket, InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(address, CONNECT_MILLIS);
        if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
            // TCP connects a socket to itself when the system happens to give it the very port that nobody serves.
            throw new SocketException("Connection refused: nobody listens on " + address);
        }
    }

    /** Closes with a reset: what is unsent is thrown away, and no port stays in TIME_WAIT. */
    static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already, or the peer is gone: closing is all that is left to do.
        }
        close(socket);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing can be done, and nothing depends on it.
        }
    }

    /** Tells the peer that nothing more will come. */
    static void endOutput(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The peer is gone already; the thread that reads from it notices.
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
