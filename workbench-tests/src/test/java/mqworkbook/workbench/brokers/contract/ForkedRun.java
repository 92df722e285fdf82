package mqworkbook.workbench.brokers.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.Way;
import org.awaitility.Awaitility;

/** A run in a JVM of its own, {@link RunMain}, and what it has on this machine. Closing it ends whatever is left. */
final class ForkedRun implements AutoCloseable {

    private static final Duration GONE_WITHIN = Duration.ofSeconds(20);

    private final Path temporary;
    private final Process process;
    private final BufferedReader output;
    private final List<String> said = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private List<ProcessHandle> family = List.of();
    private String id = "";

    private ForkedRun(Path temporary, Process process) {
        this.temporary = temporary;
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream()));
    }

    /**
     * Starts it, with the settings of this JVM.
     *
     * @param temporary for everything that it writes; a folder of its own
     * @param environment added to this JVM's
     * @param flags added to this JVM's settings, {@code -Dname=value}
     * @param words for {@link RunMain}
     */
    static ForkedRun start(Path temporary, Map<String, String> environment, List<String> flags, List<String> words)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temporary));
        command.add("-Dworkbook.state=" + temporary.resolve("state"));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("workbook."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunMain.class.getName()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        ForkedRun run = new ForkedRun(temporary, builder.start());
        run.id = run.await(RunMain.RUN);
        return run;
    }

    /** Reads what it prints up to a line that begins so, and returns the rest of that line. */
    String await(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.startsWith(RunMain.PORT)) {
                ports.add(Integer.parseInt(line.substring(RunMain.PORT.length())));
            }
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new AssertionError("the run has ended without \"" + beginning + "\": " + said);
    }

    /** Reads on until it has done what it was asked for, and returns all lines that begin so, without that beginning. */
    List<String> all(String beginning) throws IOException {
        await(RunMain.DONE);
        return said.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }

    /** Waits until its brokers can be used, and remembers its processes. */
    ForkedRun ready() throws IOException {
        await(RunMain.DONE);
        family = process.descendants().toList();
        return this;
    }

    List<Integer> ports() {
        return ports;
    }

    /** {@code kill -9}. */
    void kill() {
        family =
                Stream.concat(family.stream(), process.descendants()).distinct().toList();
        process.destroyForcibly();
    }

    void exit() throws IOException, InterruptedException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        if (!process.waitFor(GONE_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the run does not end");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle guardian() {
        return process.children()
                .filter(child -> child.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.endsWith(".Guardian")))
                .findFirst()
                .orElseThrow();
    }

    /** Whether it has begun to start a broker. */
    boolean isStarting() {
        return Subject.way() == Way.DOCKER
                ? !Containers.of(id).isEmpty()
                : folders().stream().anyMatch(folder -> Files.exists(folder.resolve("server1/console")));
    }

    /** Fails unless no process, container, folder and port of it is left soon. */
    void assertNothingIsLeft() {
        Awaitility.await("nothing of the run is left").atMost(GONE_WITHIN).untilAsserted(() -> {
            List<Object> left = new ArrayList<>(folders());
            family.stream().filter(ForkedRun::lives).map(ProcessHandle::info).forEach(left::add);
            ports.stream().filter(port -> !isFree(port)).forEach(left::add);
            if (Subject.way() == Way.DOCKER) {
                left.addAll(Containers.of(id));
            }
            assertThat(left).isEmpty();
        });
    }

    /** Fails unless its processes but the run itself have ended soon, and its ports are free. */
    void assertServersEnd() {
        Awaitility.await("the servers notice that their run is gone")
                .atMost(GONE_WITHIN)
                .until(() -> family.stream().noneMatch(ForkedRun::lives)
                        && ports.stream().allMatch(ForkedRun::isFree));
    }

    private List<Path> folders() {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("mqworkbook-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A dead process that nobody has reaped yet has no command any more. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
    }
}
