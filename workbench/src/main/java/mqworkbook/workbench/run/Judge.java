package mqworkbook.workbench.run;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import mqworkbook.workbench.brokers.BrokerKind;

/**
 * Runs answers in a {@link JudgeProcess}, and starts a new one when an answer has spoilt the last: it ended the JVM, it
 * hung, or it left threads behind that cannot be stopped. For use by one thread.
 */
public final class Judge implements AutoCloseable {

    /** Longer than the brokers' own limit, which is told better. */
    private static final Duration BROKERS_LIMIT = Duration.ofMinutes(11);

    private final ProcessBuilder jvm;
    private final Duration limit;
    private final PrintStream console;
    private JudgeChild child;
    private boolean warming;

    /**
     * Starts no process yet.
     *
     * @param jvm the JVM, its flags, class path and folder, with {@link JudgeProcess} as the main class
     * @param limit how long one run may take; the judge's own guards end a hanging test much earlier
     * @param console takes what the process prints outside of files
     */
    public Judge(ProcessBuilder jvm, Duration limit, PrintStream console) {
        this.jvm = jvm;
        this.limit = limit;
        this.console = console;
    }

    /**
     * Starts the process and, in it, brokers, and returns at once: so they come up while answers are compiled.
     */
    public void start(List<BrokerKind> brokers) {
        child().send(new BrokersRequest(brokers));
    }

    /**
     * Starts the process and has it load classes, and returns at once; a run that is asked for meanwhile begins at once.
     *
     * @param classes the list of an earlier process, as {@link LoadedClasses} has it written; need not exist
     */
    public void warm(Path classes) {
        child().send(new WarmUp(classes.toFile()));
        warming = true;
    }

    /** Waits until what {@link #warm} has asked for is done, or the process has ended. */
    public void awaitWarm() {
        try {
            while (warming) {
                RunEvent event = child.next(limit);
                warming = !(event instanceof RunEvent.WarmedUp || event instanceof RunEvent.ProcessEnded);
            }
        } catch (InterruptedException e) {
            throw interrupted("the start of the JVM for judging");
        }
    }

    /**
     * Waits until the brokers can be used that {@link #start} has been asked for.
     *
     * @return why they cannot be had and what mends it; empty when they are ready
     */
    public String awaitBrokers() {
        try {
            RunEvent event = child.next(BROKERS_LIMIT);
            return event instanceof RunEvent.BrokersReady ready
                    ? ready.problem()
                    : "The JVM for judging ended before the brokers were ready.";
        } catch (InterruptedException e) {
            throw interrupted("the start of the brokers");
        }
    }

    /**
     * Runs one answer.
     *
     * @param progress is told of each test that starts
     * @return the result; {@link RunResult#broken()} tells when the answer ended the process or did not end itself
     */
    public RunResult run(RunRequest request, Consumer<RunEvent.TestStarted> progress) {
        long start = System.nanoTime();
        String test = "the first one";
        try {
            child().send(request);
            while (true) {
                RunEvent event = child.next(limit.minusNanos(System.nanoTime() - start));
                if (event instanceof RunEvent.TestStarted started) {
                    test = started.test();
                    progress.accept(started);
                } else if (event instanceof RunEvent.RunFinished finished) {
                    if (!finished.clean()) {
                        close();
                    }
                    return finished.result();
                } else if (event instanceof RunEvent.WarmedUp) {
                    warming = false;
                } else if (!(event instanceof RunEvent.BrokersReady)) {
                    close();
                    Duration duration = Duration.ofNanos(System.nanoTime() - start);
                    return new RunResult(List.of(), "", duration, broken(event, test));
                }
            }
        } catch (InterruptedException e) {
            throw interrupted("the run of " + request.name());
        }
    }

    private String broken(RunEvent event, String test) {
        return event instanceof RunEvent.ProcessEnded ended
                ? "The answer ended the JVM, exit code %d, in the test \"%s\".".formatted(ended.exitCode(), test)
                : "The run did not end within %d s; it hung in the test \"%s\".".formatted(limit.toSeconds(), test);
    }

    private IllegalStateException interrupted(String work) {
        close();
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted in " + work);
    }

    private JudgeChild child() {
        if (child != null && !child.isAlive()) {
            close();
        }
        if (child == null) {
            try {
                child = new JudgeChild(jvm.start(), console);
            } catch (IOException e) {
                throw new UncheckedIOException("The JVM for judging could not be started: " + e.getMessage(), e);
            }
        }
        return child;
    }

    /** Ends the process, at once where it does not end itself; what it printed has been passed on by then. */
    @Override
    public void close() {
        if (child != null) {
            child.end();
            child = null;
        }
    }
}
