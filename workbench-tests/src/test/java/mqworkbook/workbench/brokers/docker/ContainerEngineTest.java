package mqworkbook.workbench.brokers.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that answer, that are gone, and that accept a connection and never say a word. */
class ContainerEngineTest {

    /** What the design promises; one silent address may cost a second of it. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @Test
    void nothing_at_the_address_is_no_engine() {
        assertThat(detect("tcp://127.0.0.1:" + FreePorts.next())).isEmpty();
        assertThat(detect("unix://" + folder.resolve("none.sock"))).isEmpty();
    }

    @Test
    void a_port_that_never_answers_is_no_engine() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertThat(detect("tcp://127.0.0.1:" + silent.getLocalPort())).isEmpty();
        }
    }

    @Test
    void a_socket_file_that_never_answers_is_no_engine() throws IOException {
        Path file = folder.resolve("silent.sock");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(file));
            assertThat(detect("unix://" + file)).isEmpty();
        }
    }

    @Test
    void an_address_that_makes_no_sense_is_passed_over() {
        assertThat(detect("not an address", "ssh://user@host")).isEmpty();
    }

    @Test
    void an_engine_that_answers_tells_which_images_it_has() throws IOException {
        try (FakeEngine fake = new FakeEngine("rabbitmq:4.1.4")) {
            Optional<ContainerEngine> engine = detect(fake.address().toString());

            assertThat(engine).isPresent();
            assertThat(engine.get().hasImage("rabbitmq:4.1.4")).isTrue();
            assertThat(engine.get().hasImage("rabbitmq:0.0.1")).isFalse();
        }
    }

    private static Optional<ContainerEngine> detect(String... addresses) {
        return assertTimeoutPreemptively(BOUND, () -> ContainerEngine.detect(List.of(addresses)));
    }
}
