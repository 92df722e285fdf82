package mqworkbook.workbench.brokers.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import mqworkbook.workbench.brokers.Endpoint;

/**
 * What a server tells of itself: a socket and two commands, much cheaper than a client while the server starts.
 *
 * @see <a href="https://redis.io/docs/latest/commands/info/">Redis, INFO</a>
 */
final class RedisInfo {

    private static final int MILLIS = 2_000;

    private RedisInfo() {}

    /**
     * What {@code INFO} tells: {@code redis_version}, {@code process_id} and more. A server that is still loading its data
     * takes connections and refuses commands: it is not ready.
     */
    static Properties server(Endpoint endpoint) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(endpoint.address(), MILLIS);
            socket.setSoTimeout(MILLIS);
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            if (!endpoint.password().isEmpty()) {
                send(
                        socket,
                        endpoint.username().isEmpty()
                                ? new String[] {"AUTH", endpoint.password()}
                                : new String[] {"AUTH", endpoint.username(), endpoint.password()});
                requireNoError(replies.readLine());
            }
            send(socket, "INFO");
            String head = replies.readLine();
            requireNoError(head);
            // "$LENGTH": all of it is ASCII.
            char[] text = new char[Integer.parseInt(head.substring(1))];
            for (int have = 0; have < text.length; ) {
                int read = replies.read(text, have, text.length - have);
                if (read < 0) {
                    throw new IOException("the server broke off");
                }
                have += read;
            }
            Properties info = parsed(new String(text));
            if (!"0".equals(info.getProperty("loading", "0"))) {
                throw new IOException("the server is loading its data");
            }
            return info;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("not an answer of Redis", e);
        }
    }

    private static void send(Socket socket, String... words) throws IOException {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            int length = word.getBytes(StandardCharsets.UTF_8).length;
            command.append('$').append(length).append("\r\n").append(word).append("\r\n");
        }
        socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void requireNoError(String reply) throws IOException {
        if (reply == null || reply.startsWith("-")) {
            throw new IOException(reply == null ? "the server broke off" : reply.substring(1));
        }
    }

    private static Properties parsed(String text) {
        Properties properties = new Properties();
        text.lines().filter(line -> line.contains(":")).forEach(line -> {
            int colon = line.indexOf(':');
            properties.setProperty(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return properties;
    }
}
