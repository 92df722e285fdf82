package mqworkbook.workbench.run;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Main class of the JVM in which answers are judged, one after the other, each in a class loader of its own; what the
 * libraries and the workbench hold, the brokers above all, is shared. Reads {@link RunRequest}s from its input, writes
 * {@link RunEvent}s to its output, and ends when its input does: so it never outlives the process that started it.
 */
public final class JudgeProcess {

    private final ObjectOutputStream events;
    private final PrintStream console;

    private JudgeProcess(ObjectOutputStream events, PrintStream console) {
        this.events = events;
        this.console = console;
    }

    /** Runs until the input ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        // The learner's prints must not mix with the events.
        PrintStream output = System.out;
        System.setOut(System.err);
        ObjectOutputStream events = new ObjectOutputStream(output);
        events.flush();
        BlockingQueue<RunRequest> requests = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(requests), "requests");
        reader.setDaemon(true);
        reader.start();
        JudgeProcess process = new JudgeProcess(events, System.err);
        while (true) {
            process.judge(requests.take());
        }
    }

    private static void read(BlockingQueue<RunRequest> requests) {
        try (ObjectInputStream input = new ObjectInputStream(System.in)) {
            while (true) {
                requests.add((RunRequest) input.readObject());
            }
        } catch (EOFException e) {
            System.exit(0);
        } catch (IOException | ClassNotFoundException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void judge(RunRequest request) throws IOException {
        try (Console redirected = Console.to(request.console(), console);
                AnswerClasses classes = AnswerClasses.of(request.classPath())) {
            request.properties().forEach(System::setProperty);
            RunResult result = new LessonRun(request, this::tell).execute();
            tell(new RunEvent.RunFinished(result, classes.stopLeftovers()));
        }
    }

    private synchronized void tell(RunEvent event) {
        try {
            events.writeUnshared(event);
            events.reset();
            events.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
