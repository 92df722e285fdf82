package mqworkbook.workbench.brokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.process.Command;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room, which only root can make. */
@Contract
class DiskContractTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Subject subject;
    private final String before = System.getProperty("java.io.tmpdir");

    @TempDir
    private Path tiny;

    private boolean mounted;

    DiskContractTest(Subject subject) {
        this.subject = subject;
    }

    @BeforeEach
    void mount() throws IOException {
        Subject.onlyLocal("a container's data is on the engine's disk");
        // Whatever is asked once must not be asked on the tiny disk.
        subject.shared();
        mounted = run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", tiny.toString());
        assumeTrue(mounted, "this user cannot mount a tiny disk");
        System.setProperty("java.io.tmpdir", tiny.toString());
    }

    @AfterEach
    void unmount() throws IOException {
        System.setProperty("java.io.tmpdir", before);
        if (mounted) {
            run("umount", tiny.toString());
        }
    }

    @Test
    void a_full_disk_is_one_clear_message_and_nothing_is_left_on_it() throws IOException {
        try (Broker broker = subject.notStarted(FreePorts::next)) {
            assertThatThrownBy(broker::start)
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageStartingWith("The disk with the temporary folder " + tiny)
                    .hasMessageEndingWith(
                            " is full: make room, or choose another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
        }
        try (Stream<Path> left = Files.list(tiny)) {
            assertThat(left).isEmpty();
        }
    }

    private static boolean run(String... words) throws IOException {
        try {
            return Command.of(words).run(LIMIT).succeeded();
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
