package mqworkbook.workbench.brokers.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.guard.Guard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Servers that die on their way up: shell commands in their place print what servers print. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class BootTest {

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

    @Test
    void a_server_that_comes_up_tells_its_version() throws Exception {
        assertThat(boot("echo up; read -r line")).isEqualTo("1.2.3");
    }

    private String boot(String script) throws IOException, PortTakenException {
        LocalServer server = new Scripted(folder, script);
        ServerProcess process = ServerProcess.start(Guard.forRun(), server.command(), server.console());
        try {
            return new Boot(BrokerKind.RABBITMQ, server, process).await();
        } finally {
            process.kill();
        }
    }

    /** Up once it has said so. */
    private record Scripted(Path folder, String script) implements LocalServer {

        @Override
        public ProcessBuilder command() {
            return new ProcessBuilder("/bin/sh", "-c", script);
        }

        @Override
        public Path console() {
            return folder.resolve("console");
        }

        @Override
        public Endpoint endpoint() {
            return new Endpoint("127.0.0.1", 1, "", "", "");
        }

        @Override
        public String awaken(ServerProcess process) throws IOException {
            if (!process.output().contains("up")) {
                throw new IOException("not up");
            }
            return "1.2.3";
        }
    }
}
