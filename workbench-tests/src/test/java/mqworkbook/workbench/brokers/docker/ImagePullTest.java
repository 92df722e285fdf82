package mqworkbook.workbench.brokers.docker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an engine that speaks as Docker 20.10 does when it pulls. */
class ImagePullTest {

    private final AtomicBoolean present = new AtomicBoolean();
    private HttpServer server;
    private ContainerEngine engine;

    @BeforeEach
    void startEngine() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/images/app:1.0/json", exchange -> {
            exchange.sendResponseHeaders(present.get() ? 200 : 404, -1);
            exchange.close();
        });
        server.start();
        engine = new ContainerEngine(
                URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stopEngine() {
        server.stop(0);
    }

    @Test
    void an_image_that_arrives_is_all_there_is_to_it() {
        answer(
                "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":2},\"id\":\"abc\"}\n"
                        + "{\"status\":\"Status: Downloaded newer image for app:1.0\"}\n",
                true);

        assertThatCode(() -> ImagePull.run(engine, "app:1.0")).doesNotThrowAnyException();
    }

    @Test
    void an_image_that_cannot_be_had_is_one_sentence_with_the_engine_s_reason() {
        answer("{\"errorDetail\":{\"message\":\"pull access denied\"},\"error\":\"pull access denied\"}\n", false);

        assertThatThrownBy(() -> ImagePull.run(engine, "app:1.0"))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("Docker cannot pull app:1.0 (pull access denied)")
                .hasMessageContaining("docker pull app:1.0")
                .hasMessageContaining("-Dbrokers=local");
    }

    private void answer(String lines, boolean arrives) {
        server.createContext("/images/create", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(lines.getBytes());
            present.set(arrives);
            exchange.close();
        });
    }
}
