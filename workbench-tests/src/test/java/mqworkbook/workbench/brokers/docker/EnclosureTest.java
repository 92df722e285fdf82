package mqworkbook.workbench.brokers.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workbook inside a container, with an engine beside it or within it. */
class EnclosureTest {

    private static final String ID = "0a".repeat(32);

    @TempDir
    private Path folder;

    private HttpServer server;
    private ContainerEngine engine;

    @BeforeEach
    void startEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        engine = new ContainerEngine(
                URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stopEngine() {
        server.stop(0);
    }

    @Test
    void an_engine_that_runs_this_container_is_out_of_reach() {
        answer("/containers/" + ID + "/json", "{\"HostConfig\":{\"NetworkMode\":\"bridge\"}}");

        assertThat(inside(ID).obstacle(engine))
                .get()
                .asString()
                .contains("runs outside of this container", "-Dbrokers=local");
    }

    @Test
    void with_the_host_s_network_it_is_in_reach() {
        answer("/containers/" + ID + "/json", "{\"HostConfig\":{\"NetworkMode\":\"host\"}}");

        assertThat(inside(ID).obstacle(engine)).isEmpty();
    }

    @Test
    void an_engine_within_this_container_does_not_know_it() {
        assertThat(inside(ID).obstacle(engine)).isEmpty();
    }

    @Test
    void outside_of_containers_every_engine_will_do() {
        assertThat(new Enclosure(false, Optional.empty(), false).obstacle(engine))
                .isEmpty();
    }

    @Test
    void the_id_is_read_from_the_mounts() throws IOException {
        Path mounts = mounts("/var/lib/docker/containers/" + ID + "/hostname /etc/hostname");

        assertThat(Enclosure.idIn(mounts)).contains(ID);
    }

    @Test
    void the_engine_s_own_machine_is_none_of_its_containers() throws IOException {
        Path mounts = mounts("/ /var/lib/docker/containers/" + ID + "/mounts/shm");

        assertThat(Enclosure.idIn(mounts)).isEmpty();
        assertThat(Enclosure.idIn(folder.resolve("none"))).isEmpty();
    }

    private Path mounts(String rootAndPlace) throws IOException {
        return Files.writeString(
                folder.resolve("mountinfo"),
                "650 640 0:50 / / rw - overlay overlay rw\n" + "651 640 254:1 " + rootAndPlace
                        + " rw,relatime - ext4 /dev/vda1 rw\n");
    }

    private static Enclosure inside(String id) {
        return new Enclosure(true, Optional.of(id), false);
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
