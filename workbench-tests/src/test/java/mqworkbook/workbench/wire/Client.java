package mqworkbook.workbench.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A plain TCP client of a relay. Reads fail after ten seconds, so no test hangs. */
final class Client implements Closeable {

    private final Socket socket;

    Client(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    String receive(int length) throws IOException {
        return new String(receiveBytes(length), StandardCharsets.UTF_8);
    }

    byte[] receiveBytes(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("only " + bytes.length + " of " + length + " bytes came");
        }
        return bytes;
    }

    String ask(String text) throws IOException {
        send(text);
        return receive(text.length());
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** How the stream ends: {@code end} in good order, {@code reset}; whatever still comes before is skipped. */
    String ending() throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return "end";
        } catch (SocketException e) {
            return "reset";
        }
    }

    /** All that comes until the stream ends, in good order or by a reset. */
    String everything() throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (SocketException e) {
            // Reset: nothing more will come.
        }
        return text.toString();
    }

    boolean hasReceivedSomething() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Vanishes as a killed process does on a lost network: a reset and nothing else. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
