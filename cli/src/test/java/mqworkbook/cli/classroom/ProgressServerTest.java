package mqworkbook.cli.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.cli.classroom.ProgressJson.BadProgressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProgressServerTest {

    private static final LearnerProgress ADA = Learners.red(1, "Ada", Duration.ofMinutes(7), 3);
    private static final String FILE = "progress-0000000000000001.json";

    @TempDir
    Path root;

    private Path folder;
    private ProgressServer server;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createDirectory(root.resolve("class"));
        server = ProgressServer.start(folder, InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatALearnerSendsLiesInTheFolderAndTheNewestCounts() throws BadProgressException, IOException {
        Classroom classroom = Classroom.at(address() + "/");

        assertThat(Delivery.send(classroom, Learners.red(1, "Ada", Duration.ZERO, 0)))
                .isEmpty();
        assertThat(Delivery.send(classroom, ADA)).isEmpty();

        assertThat(files()).containsExactly(FILE);
        assertThat(ProgressJson.read(Files.readAllBytes(folder.resolve(FILE)))).isEqualTo(ADA);
    }

    @Test
    void itTakesAPostToo() throws Exception {
        assertThat(send("POST", "/", ProgressJson.write(ADA), "application/json"))
                .isEqualTo(204);
        assertThat(files()).containsExactly(FILE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../progress-0000000000000001.json",
                "/%2e%2e/progress-0000000000000001.json",
                "/..%2f..%2fetc%2fpasswd",
                "/progress-0000000000000002.json",
                "/sub/progress-0000000000000001.json",
                "/progress-0000000000000001.json%00.txt"
            })
    void noPathLeadsAnywhereElse(String path) throws Exception {
        String answer = raw("PUT " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n", ADA);

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(files()).isEmpty();
        try (Stream<Path> beside = Files.list(root)) {
            assertThat(beside).containsExactly(folder);
        }
    }

    @Test
    void badJsonIsRefusedAndTheServerGoesOn() throws Exception {
        assertThat(send("PUT", "/" + FILE, "{\"format\": 1,", "application/json"))
                .isEqualTo(400);
        assertThat(send("PUT", "/" + FILE, "{}", "application/json")).isEqualTo(400);
        assertThat(send("POST", "/", "name=Ada", "application/x-www-form-urlencoded"))
                .isEqualTo(415);
        assertThat(send("DELETE", "/" + FILE, "", "application/json")).isEqualTo(405);
        assertThat(files()).isEmpty();

        assertThat(send("PUT", "/" + FILE, ProgressJson.write(ADA), "application/json"))
                .isEqualTo(204);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        String large = ProgressJson.write(ADA) + " ".repeat(ProgressJson.LIMIT);

        assertThat(send("PUT", "/" + FILE, large, "application/json")).isEqualTo(413);
        assertThat(files()).isEmpty();
    }

    @Test
    void aLookTellsWhatItIsAndShowsNobody() throws Exception {
        send(Classroom.at(address()), ADA);

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address() + "/")).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("The classroom of an MQ Workbook").doesNotContain("Ada");
    }

    @Test
    void aPortThatIsTakenIsTold() {
        assertThatThrownBy(() -> ProgressServer.start(folder, InetAddress.getLoopbackAddress(), server.port()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Nothing can listen on 127.0.0.1:" + server.port())
                .hasMessageContaining("Choose another port");
    }

    @Test
    void whereNothingListensIsToldInAFewWords() {
        server.close();

        assertThat(Delivery.send(Classroom.at(address()), ADA)).isEqualTo(Optional.of("nothing answers there"));
    }

    /** Without the limit that a learner's run has: the machine may be busy. */
    private static void send(Classroom classroom, LearnerProgress progress) throws IOException {
        classroom.send(
                FolderClassroom.fileName(progress), ProgressJson.write(progress).getBytes(StandardCharsets.UTF_8));
    }

    private String address() {
        return "http://127.0.0.1:" + server.port();
    }

    private int send(String method, String path, String body, String type) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** A client that does not make paths plain before it sends them. */
    private String raw(String head, LearnerProgress progress) throws IOException {
        byte[] body = ProgressJson.write(progress).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write((head + "Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            try (InputStream answer = socket.getInputStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
