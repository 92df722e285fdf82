package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.brokers.process.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Servers that die on their way up: shell commands in their place print what RabbitMQ 3.10.8 prints. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class BootTest {

    private final int port = FreePorts.next();

    @TempDir
    private Path folder;

    @Test
    void a_dead_server_is_reported_at_once_with_its_last_words() {
        assertThatThrownBy(() -> boot("echo 'BOOT FAILED'; echo 'no such file'; exit 1"))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("ended while it was starting")
                .hasMessageContaining("no such file");
    }

    @Test
    void a_taken_port_is_told_apart() {
        assertThatThrownBy(() -> boot("echo '{error,eaddrinuse}'; exit 1")).isInstanceOf(PortTakenException.class);
    }

    @Test
    void a_full_disk_is_one_sentence_with_the_way_out() {
        assertThatThrownBy(() -> boot("echo '{error,enospc}'; exit 1"))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("is full: make room")
                .hasMessageContaining(folder.toString());
    }

    private void boot(String script) throws IOException, PortTakenException {
        Node node = new Node(folder, "test", port);
        node.prepare();
        ServerProcess process =
                ServerProcess.start(Guard.forRun(), new ProcessBuilder("/bin/sh", "-c", script), node.console());
        new Boot(process, node).await(new Endpoint("127.0.0.1", port, "guest", "guest", "/"));
    }
}
