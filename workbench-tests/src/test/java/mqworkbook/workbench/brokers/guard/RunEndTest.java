package mqworkbook.workbench.brokers.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.rabbitmq.RabbitMqInstallation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in JVMs of their own that end in every way there is: nothing of them is left after five seconds. */
class RunEndTest {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CLEARED_WITHIN = Duration.ofSeconds(5);

    @TempDir
    private Path temporary;

    private Process run;
    private List<ProcessHandle> started = List.of();

    @BeforeAll
    static void unpackBeforehand() {
        RabbitMqInstallation.locate(UserCache.ofUser());
    }

    @AfterEach
    void endWhatATestLeft() {
        run.descendants().forEach(ProcessHandle::destroyForcibly);
        run.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void a_killed_run_leaves_no_process_no_port_and_no_folder() throws Exception {
        int port = startedBroker();

        run.destroyForcibly();

        assertNothingIsLeft();
        assertThat(isFree(port)).isTrue();
    }

    @Test
    void a_run_killed_while_its_broker_starts_leaves_nothing_either() throws Exception {
        run = fork();
        await("the server process has begun to start")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(this::aServerHasItsConsole);
        started = run.descendants().toList();

        run.destroyForcibly();

        assertNothingIsLeft();
    }

    @Test
    void an_ordinary_exit_leaves_nothing() throws Exception {
        run = fork("exit");
        awaitReady();
        started = run.descendants().toList();

        assertThat(run.waitFor(20, TimeUnit.SECONDS)).as("the run ends").isTrue();

        assertThat(folders()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void without_a_guardian_the_broker_ends_by_itself() throws Exception {
        int port = startedBroker();
        guardian().destroyForcibly();

        run.destroyForcibly();

        await("the broker notices that its run is gone")
                .atMost(CLEARED_WITHIN)
                .until(() -> started.stream().noneMatch(RunEndTest::lives));
        assertThat(isFree(port)).isTrue();
    }

    @Test
    void a_guardian_that_is_told_to_end_clears_first() throws Exception {
        startedBroker();

        guardian().destroy();

        await("the run's folders and brokers are gone")
                .atMost(CLEARED_WITHIN)
                .until(() -> folders().isEmpty() && started.stream().noneMatch(RunEndTest::lives));
        assertThat(run.isAlive()).isTrue();
    }

    private int startedBroker() throws IOException {
        run = fork();
        int port = awaitReady();
        started = run.descendants().toList();
        assertThat(started).hasSizeGreaterThanOrEqualTo(2);
        return port;
    }

    private Process fork(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-Dbrokers=local",
                "-cp",
                System.getProperty("java.class.path"),
                GuardedRun.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private int awaitReady() throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(run.getInputStream()));
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.startsWith(GuardedRun.READY)) {
                return Integer.parseInt(line.substring(GuardedRun.READY.length()));
            }
        }
        throw new AssertionError("the run ended before its broker was ready: " + said);
    }

    private boolean aServerHasItsConsole() throws IOException {
        for (Path folder : folders()) {
            if (Files.exists(folder.resolve("server1/console"))) {
                return true;
            }
        }
        return false;
    }

    private ProcessHandle guardian() {
        return run.children()
                .filter(child -> child.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(Guardian.class.getName()::equals))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("mqworkbook-"))
                    .toList();
        }
    }

    private void assertNothingIsLeft() {
        await("the run's folders and processes are gone")
                .atMost(CLEARED_WITHIN)
                .until(() -> folders().isEmpty() && started.stream().noneMatch(RunEndTest::lives));
    }

    /** A dead process that nobody has reaped yet has no command any more. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
