package mqworkbook.workbench.brokers.guard;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The run's side of its guardian: whatever is owned through it is ended and removed when this JVM is gone, by a normal
 * exit, a signal or {@code kill -9}.
 *
 * <p>A normal exit returns only when everything is gone (at most {@value #EXIT_PATIENCE_SECONDS} seconds). A guardian
 * that somebody killed is replaced on the next use. Safe for several threads.
 */
public final class Guard {

    private static final int EXIT_PATIENCE_SECONDS = 10;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final class Holder {
        static final Guard INSTANCE = new Guard();
    }

    private final String runId = UUID.randomUUID().toString().substring(0, 8);
    private final Belongings belongings = new Belongings();
    private final Map<Process, OwnedProcess> processes = new ConcurrentHashMap<>();
    private final AtomicInteger folders = new AtomicInteger();
    private Duration headStart = Duration.ZERO;
    private Process guardian;
    private boolean ended;

    private Guard() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "guard-end"));
    }

    /** The guard of this JVM; the first use starts the guardian (some 50 ms, not waited for). */
    public static Guard forRun() {
        return Holder.INSTANCE;
    }

    /** Eight hexadecimal digits that tell this run's containers and folders from those of others. */
    public String runId() {
        return runId;
    }

    /**
     * A new private folder of this run, readable by its owner only.
     *
     * @param label what it is for, part of its name
     */
    public RunFolder newFolder(String label) {
        Path path = temporaryFolder().resolve("mqworkbook-" + runId + "-" + label + "-" + folders.incrementAndGet());
        OwnedFolder folder = new OwnedFolder(path);
        own(folder);
        return RunFolder.create(this, folder);
    }

    /**
     * Starts a process that this run owns, with all its descendants, until {@link #release(Process)}.
     *
     * @throws IllegalStateException when this JVM is on its way out
     */
    public synchronized Process start(ProcessBuilder builder) throws IOException {
        requireLiving();
        ensureGuardian();
        Process process = builder.start();
        try {
            OwnedProcess owned = OwnedProcess.of(process.toHandle());
            processes.put(process, owned);
            own(owned);
            return process;
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Forgets a process; ends it with all its descendants if it still lives. */
    public void release(Process process) {
        OwnedProcess owned = processes.remove(process);
        if (owned != null) {
            owned.clear();
            disown(owned);
        }
    }

    /**
     * Owns a container that is about to be created.
     *
     * @param engine where the engine listens, as in {@code DOCKER_HOST}
     * @param name the container's name, which no other run uses: let it contain {@link #runId()}
     * @param headStart how long an ordinary exit leaves the removal to somebody else who is at it already
     */
    public synchronized void ownContainer(URI engine, String name, Duration headStart) {
        own(new OwnedContainer(engine, name));
        this.headStart = headStart;
    }

    /** Forgets a container that was removed. */
    public void releaseContainer(URI engine, String name) {
        disown(new OwnedContainer(engine, name));
    }

    void release(OwnedFolder folder) {
        disown(folder);
    }

    private synchronized void own(Belonging belonging) {
        requireLiving();
        belongings.add(belonging);
        tell("+ " + belonging.line());
    }

    private synchronized void disown(Belonging belonging) {
        belongings.remove(belonging);
        if (!ended) {
            tell("- " + belonging.line());
        }
    }

    private void requireLiving() {
        if (ended) {
            throw new IllegalStateException("This JVM is ending: nothing new is started");
        }
    }

    private void tell(String line) {
        if (ensureGuardian()) {
            return;
        }
        try {
            send(guardian, line);
        } catch (IOException killed) {
            guardian = null;
            ensureGuardian();
        }
    }

    /** Returns whether a new guardian was started; it has then been told everything. */
    private boolean ensureGuardian() {
        if (guardian != null && guardian.isAlive()) {
            return false;
        }
        try {
            guardian = new ProcessBuilder(guardianCommand())
                    .directory(new File(System.getProperty("java.home")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            for (Belonging each : belongings.all()) {
                send(guardian, "+ " + each.line());
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The guardian process cannot be started from " + System.getProperty("java.home"), e);
        }
    }

    private static void send(Process guardian, String line) throws IOException {
        OutputStream pipe = guardian.getOutputStream();
        pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        pipe.flush();
    }

    private static List<String> guardianCommand() {
        List<String> command = new ArrayList<>();
        // A session of its own: a signal for the whole process group (Ctrl-C, a CI's time-out) does not reach it.
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx24m", "-Xss256k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Xshare:auto", "-XX:-UsePerfData", "-cp", classes(), Guardian.class.getName()));
        return command;
    }

    private static String classes() {
        try {
            return Path.of(Guardian.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path temporaryFolder() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }

    /** The end of this JVM: the guardian does its work now; what it could not do is done here. */
    private void end() {
        Process last;
        synchronized (this) {
            ended = true;
            last = guardian;
        }
        if (last == null) {
            return;
        }
        belongings.awaitContainersGone(headStart);
        try {
            last.getOutputStream().close();
            last.waitFor(EXIT_PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException guardianGone) {
            // Cleared below.
        }
        belongings.clear(Duration.ofSeconds(EXIT_PATIENCE_SECONDS));
    }
}
