package mqworkbook.cli.keep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.cli.host.Jvm;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.kept.Keeper;
import mqworkbook.workbench.brokers.kept.KeeperCalls;

/** Starts the keeper as a process that stays when this one, or the terminal, ends. */
public final class KeeperProcess {

    private static final Duration UP_WITHIN = Duration.ofSeconds(15);
    private static final int LOOK_EVERY_MILLIS = 20;

    private KeeperProcess() {}

    /**
     * Starts it, and waits until it can be called.
     *
     * @param state the workbook's state folder, which holds its log too
     * @param properties system properties for it
     * @param idle how long it stays without being used
     * @throws BrokerUnavailableException when it ends at once, with what it said last
     */
    public static KeeperCalls start(Path state, Map<String, String> properties, Duration idle) {
        try {
            Process process = process(state, properties, idle.toString());
            process.getOutputStream().close();
            return awaitCalls(process, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one that ends with this process, however this one ends, or when its input is closed; waits until it can be
     * called.
     *
     * @param state a folder of its own
     * @param properties system properties for it
     * @throws BrokerUnavailableException when it ends at once, with what it said last
     */
    public static Process startAttached(Path state, Map<String, String> properties) {
        try {
            Process process = process(state, properties, Keeper.ATTACHED);
            awaitCalls(process, state);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process process(Path state, Map<String, String> properties, String stay) throws IOException {
        Files.createDirectories(state);
        return new ProcessBuilder(command(state, properties, stay))
                .directory(state.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(state).toFile())
                .start();
    }

    private static Path log(Path state) {
        return state.resolve("kept-brokers.log");
    }

    private static KeeperCalls awaitCalls(Process process, Path state) {
        Path log = log(state);
        try {
            long deadline = System.nanoTime() + UP_WITHIN.toNanos();
            while (System.nanoTime() < deadline) {
                Optional<KeeperCalls> keeper = KeeperCalls.in(state);
                if (keeper.isPresent()) {
                    return keeper.get();
                }
                if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            process.destroyForcibly();
            throw new BrokerUnavailableException("The process that keeps the brokers has not started; " + log
                    + " says: " + String.join(" / ", Files.readAllLines(log)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("Starting the brokers was interrupted", e);
        }
    }

    private static List<String> command(Path state, Map<String, String> properties, String stay) {
        List<String> command = new ArrayList<>();
        // A session of its own: neither Ctrl-C nor the terminal's end reaches it.
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString());
        }
        Map<String, String> all = new TreeMap<>(properties);
        Stream.of("workbook.root", "java.io.tmpdir").forEach(name -> all.put(name, System.getProperty(name, "")));
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .toList();
        command.addAll(Jvm.command(classPath, all, Keeper.class));
        command.addAll(List.of(state.toAbsolutePath().toString(), stay));
        return command;
    }
}
