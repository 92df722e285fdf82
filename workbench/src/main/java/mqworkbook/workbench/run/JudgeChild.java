package mqworkbook.workbench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running {@link JudgeProcess}, seen from outside. */
final class JudgeChild {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final ObjectOutputStream requests;
    private final BlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
    private final Thread printer;

    JudgeChild(Process process, PrintStream console) throws IOException {
        this.process = process;
        this.requests = new ObjectOutputStream(process.getOutputStream());
        daemon(this::readEvents, "judge events");
        printer = daemon(() -> print(console), "judge output");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks for a run. A process that has died in the meantime tells so as its next event. */
    void send(JudgeRequest request) {
        try {
            requests.writeUnshared(request);
            requests.flush();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    /** The next event; null when the limit is over. */
    RunEvent next(Duration limit) throws InterruptedException {
        return events.poll(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Lets the process end itself, and so clear up after itself; kills it when that takes more than ten seconds. */
    void end() {
        try {
            requests.close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            printer.join(GRACE.toMillis());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void readEvents() {
        try (ObjectInputStream input = new ObjectInputStream(process.getInputStream())) {
            while (true) {
                events.add((RunEvent) input.readObject());
            }
        } catch (IOException | ClassNotFoundException | ClassCastException e) {
            // The end of its output, or something in it that is not ours: a crashing JVM writes there.
            events.add(new RunEvent.ProcessEnded(exitCode()));
        }
    }

    private int exitCode() {
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            return -1;
        }
    }

    private void print(PrintStream console) {
        try (InputStream output = process.getErrorStream()) {
            output.transferTo(console);
        } catch (IOException e) {
            console.println("The output of the JVM for judging broke off: " + e.getMessage());
        }
        console.flush();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
