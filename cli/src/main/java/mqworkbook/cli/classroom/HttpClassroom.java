package mqworkbook.cli.classroom;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * An address that takes documents over HTTP: {@code PUT ADDRESS/progress-ID.json}; where it knows no PUT there, {@code
 * POST ADDRESS}. It uses the JDK's older client, which is there in a tenth of the time: a run sends one document, and ends.
 */
final class HttpClassroom implements Classroom {

    private static final int NO_SUCH_METHOD = 405;
    private static final int NOT_IMPLEMENTED = 501;

    private final URI address;

    HttpClassroom(URI address) {
        this.address = address;
    }

    @Override
    public void prepare() throws IOException {
        connection("PUT", address);
    }

    @Override
    public void send(String file, byte[] document) throws IOException {
        String base = address.toString().replaceFirst("/+$", "");
        int status = answer("PUT", URI.create(base + "/" + file), document);
        if (status == NO_SUCH_METHOD || status == NOT_IMPLEMENTED) {
            status = answer("POST", address, document);
        }
        if (status / 100 != 2) {
            throw new IOException("it answers with status " + status);
        }
    }

    private static int answer(String method, URI target, byte[] document) throws IOException {
        HttpURLConnection connection = connection(method, target);
        try {
            connection.setFixedLengthStreamingMode(document.length);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(document);
            }
            return connection.getResponseCode();
        } catch (SocketTimeoutException e) {
            throw new IOException(Delivery.TOO_SLOW, e);
        } catch (ConnectException e) {
            throw new IOException("nothing answers there", e);
        } catch (UnknownHostException e) {
            throw new IOException("there is no host " + target.getHost(), e);
        } finally {
            connection.disconnect();
        }
    }

    /** One that has not connected yet. */
    private static HttpURLConnection connection(String method, URI target) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) Delivery.LIMIT.toMillis());
        connection.setReadTimeout((int) Delivery.LIMIT.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
        connection.setDoOutput(true);
        return connection;
    }

    @Override
    public String address() {
        return address.toString();
    }
}
