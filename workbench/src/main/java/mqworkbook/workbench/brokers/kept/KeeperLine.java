package mqworkbook.workbench.brokers.kept;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A connection between a run and the keeper: one speaks, the other answers; each says a few words at a time. */
final class KeeperLine implements Closeable {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int GREETING_MILLIS = 2_000;
    private static final int MOST_WORDS = 100;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    KeeperLine(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /**
     * Connects, and makes sure that it is the keeper who answers.
     *
     * @throws IOException when nobody answers within seconds, or somebody else
     */
    static KeeperLine to(KeeperAddress keeper) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), keeper.port()), CONNECT_MILLIS);
            KeeperLine line = new KeeperLine(socket);
            socket.setSoTimeout(GREETING_MILLIS);
            if (!line.ask(keeper.token(), String.valueOf(ProcessHandle.current().pid()))
                    .equals(List.of(keeper.token()))) {
                throw new IOException("somebody else listens at port " + keeper.port());
            }
            return line;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Says something, and waits for the answer for as long as was set. */
    synchronized List<String> ask(String... words) throws IOException {
        say(List.of(words));
        return hear();
    }

    /** How long answers may take from now on. */
    KeeperLine patient(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        return this;
    }

    void say(List<String> words) throws IOException {
        out.writeInt(words.size());
        for (String word : words) {
            out.writeUTF(word);
        }
        out.flush();
    }

    List<String> hear() throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_WORDS) {
            throw new IOException("not a keeper's language");
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(in.readUTF());
        }
        return words;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is.
        }
    }
}
