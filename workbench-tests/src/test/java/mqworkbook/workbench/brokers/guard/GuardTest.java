package mqworkbook.workbench.brokers.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    @TempDir
    private Path parent;

    @Test
    void a_run_folder_is_private_and_closing_removes_it_with_its_content() throws IOException {
        RunFolder folder = Guard.forRun().newFolder("test");
        Files.writeString(folder.folder("a/b").resolve("file"), "content");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
        folder.close();

        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void links_are_removed_and_what_they_point_to_stays() throws IOException {
        Path outside = Files.writeString(parent.resolve("outside"), "precious");
        RunFolder folder = Guard.forRun().newFolder("test");
        Files.createSymbolicLink(folder.path().resolve("link"), outside);
        Files.createSymbolicLink(folder.path().resolve("folder"), parent);

        folder.close();

        assertThat(outside).hasContent("precious");
    }

    @Test
    void a_temporary_folder_that_cannot_be_written_is_one_sentence_with_the_way_out() throws IOException {
        Path file = Files.writeString(parent.resolve("a file"), "");
        String before = System.setProperty("java.io.tmpdir", file.toString());
        try {
            assertThatThrownBy(() -> Guard.forRun().newFolder("test"))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageContaining(file + " cannot be written")
                    .hasMessageContaining("-Djava.io.tmpdir=FOLDER");
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
    void releasing_a_process_ends_it_with_its_children() throws IOException {
        Process process = Guard.forRun().start(new ProcessBuilder("/bin/sh", "-c", "sleep 300 & sleep 300"));
        await("the child is there").until(() -> process.descendants().count() > 1);
        var children = process.descendants().toList();

        Guard.forRun().release(process);

        await("all are gone")
                .atMost(Duration.ofSeconds(5))
                .until(() -> !process.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void a_process_that_only_has_the_number_of_an_owned_one_is_left_alone() {
        ProcessHandle self = ProcessHandle.current();
        long started = ProcessStart.of(self);
        OwnedProcess recycled = new OwnedProcess(self.pid(), started - 1);

        recycled.clear();

        assertThat(self.isAlive()).isTrue();
        assertThat(recycled.gone()).isTrue();
        assertThat(new OwnedProcess(self.pid(), started).gone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with a blank", "quote'and\"more", "per%cent"})
    void a_folder_s_line_is_read_back_as_the_same_folder(String name) {
        OwnedFolder folder = new OwnedFolder(parent.resolve(name));

        assertThat(Belonging.parse(folder.line())).isEqualTo(folder);
    }

    @Test
    void processes_and_containers_are_read_back_too() {
        OwnedProcess process = new OwnedProcess(42, 1_700_000_000_000L);
        OwnedContainer container =
                new OwnedContainer(URI.create("unix:///var/run/docker.sock"), "mqworkbook-1-rabbitmq-1");

        assertThat(Belonging.parse(process.line())).isEqualTo(process);
        assertThat(Belonging.parse(container.line())).isEqualTo(container);
        assertThatThrownBy(() -> Belonging.parse("house 1")).isInstanceOf(IllegalArgumentException.class);
    }
}
