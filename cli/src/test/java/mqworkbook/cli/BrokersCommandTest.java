package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.kept.KeeperCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class BrokersCommandTest {

    @TempDir
    Path root;

    private Workspace workspace;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
    }

    @AfterEach
    void down() {
        KeeperCalls.in(workspace.state()).ifPresent(KeeperCalls::stop);
    }

    @Test
    void itShowsAWayForEachKind() {
        Shell shell = Shell.run(workspace, "brokers", "redis", "kafka");

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.output().lines()).hasSize(3);
        assertThat(shell.output().lines().toList().get(0)).matches("Redis (as|in|run) .+ \\(.+\\)");
        assertThat(shell.output().lines().toList().get(2)).isEqualTo("None is kept running: ./workbook brokers up");
    }

    @Test
    void whatIsUpStaysUntilItIsDown() {
        Shell up = Shell.run(workspace, "brokers", "up", "redis", "--idle", "90s");

        assertThat(up.exitCode()).isZero();
        assertThat(up.output())
                .contains("kept running", "until ./workbook brokers down or 90s without a run")
                .startsWith("Redis ");
        KeeperCalls keeper = KeeperCalls.in(workspace.state()).orElseThrow();
        assertThat(keeper.look().running()).containsOnlyKeys(BrokerKind.REDIS);
        assertThat(Shell.run(workspace, "brokers", "redis").output())
                .contains("Kept running by process " + keeper.pid() + ": Redis");

        assertThat(Shell.run(workspace, "brokers", "up", "redis").exitCode()).isZero();
        assertThat(KeeperCalls.in(workspace.state()).orElseThrow().pid()).isEqualTo(keeper.pid());

        assertThat(Shell.run(workspace, "brokers", "down").output()).contains("The brokers are stopped.");
        assertThat(ProcessHandle.of(keeper.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(Shell.run(workspace, "brokers", "down").output()).contains("No brokers are kept running.");
    }

    @Test
    void aKeeperThatIsGoneIsForgotten() throws Exception {
        Shell.run(workspace, "brokers", "up", "redis");
        KeeperCalls keeper = KeeperCalls.in(workspace.state()).orElseThrow();
        ProcessHandle process = ProcessHandle.of(keeper.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        Shell up = Shell.run(workspace, "brokers", "up", "redis");

        assertThat(up.exitCode()).isZero();
        assertThat(KeeperCalls.in(workspace.state()).orElseThrow().pid()).isNotEqualTo(keeper.pid());
    }

    @Test
    void aKeeperThatCannotStartIsOneMessageWithItsLastWords() throws Exception {
        // Where its address should be written stands a folder.
        Files.createDirectories(workspace.state().resolve("kept-brokers.properties/in-the-way"));

        Shell up = Shell.run(workspace, "brokers", "up", "redis");

        assertThat(up.exitCode()).isEqualTo(3);
        assertThat(up.output()).contains("has not started", "kept-brokers.log says");
    }

    @ParameterizedTest
    @CsvSource({
        "brokers up --idle soon, soon is no time: write it like",
        "brokers up rabbit, There is no broker rabbit. Did you mean rabbitmq?",
        "brokers dwon, There is no command dwon. Did you mean down?"
    })
    void wrongUsageIsExplained(String args, String message) {
        Shell shell = Shell.run(workspace, args.split(" "));

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).contains(message);
    }
}
