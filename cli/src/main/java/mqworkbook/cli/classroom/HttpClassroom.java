package mqworkbook.cli.classroom;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * An address that takes documents over HTTP: {@code PUT ADDRESS/progress-ID.json}; where it knows no PUT there, {@code
 * POST ADDRESS}.
 */
final class HttpClassroom implements Classroom {

    private static final int NO_SUCH_METHOD = 405;
    private static final int NOT_IMPLEMENTED = 501;

    private final URI address;

    HttpClassroom(URI address) {
        this.address = address;
    }

    @Override
    public void send(LearnerProgress progress) throws IOException, InterruptedException {
        byte[] document = ProgressJson.write(progress).getBytes(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Delivery.LIMIT)
                .build();
        String base = address.toString().replaceFirst("/+$", "");
        int status = answer(client, "PUT", URI.create(base + "/" + FolderClassroom.fileName(progress)), document);
        if (status == NO_SUCH_METHOD || status == NOT_IMPLEMENTED) {
            status = answer(client, "POST", address, document);
        }
        if (status / 100 != 2) {
            throw new IOException("it answers with status " + status);
        }
    }

    private static int answer(HttpClient client, String method, URI target, byte[] document)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(Delivery.LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(document))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (HttpTimeoutException e) {
            throw new IOException(Delivery.TOO_SLOW, e);
        } catch (ConnectException e) {
            throw new IOException("nothing answers there", e);
        }
    }

    @Override
    public String address() {
        return address.toString();
    }
}
