package mqworkbook.workbench.run;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;

/**
 * Main class of the JVM in which answers are judged, one after the other, each in a class loader of its own; what the
 * libraries and the workbench hold, the brokers above all, is shared. Reads requests from its input, writes
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
        BlockingQueue<JudgeRequest> requests = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(requests), "requests");
        reader.setDaemon(true);
        reader.start();
        JudgeProcess process = new JudgeProcess(events, System.err);
        while (true) {
            JudgeRequest request = requests.take();
            if (request instanceof RunRequest run) {
                process.judge(run);
            } else if (request instanceof BrokersRequest brokers) {
                process.start(brokers.kinds());
            } else if (request instanceof WarmUp warmUp) {
                LoadedClasses.load(warmUp.classes().toPath(), JudgeProcess.class.getClassLoader(), requests::isEmpty);
                if (requests.isEmpty()) {
                    LessonRun.rehearse();
                }
                process.tell(new RunEvent.WarmedUp());
            }
        }
    }

    private static void read(BlockingQueue<JudgeRequest> requests) {
        try (ObjectInputStream input = new ObjectInputStream(System.in)) {
            while (true) {
                requests.add((JudgeRequest) input.readObject());
            }
        } catch (EOFException e) {
            System.exit(0);
        } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
            // Whatever it is: without a reader the process would wait for ever.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void start(List<BrokerKind> kinds) {
        Brokers brokers = Brokers.forRun();
        brokers.startInBackground(kinds.toArray(BrokerKind[]::new));
        Thread waiter = new Thread(() -> tell(new RunEvent.BrokersReady(problem(brokers, kinds))), "brokers");
        waiter.setDaemon(true);
        waiter.start();
    }

    private static String problem(Brokers brokers, List<BrokerKind> kinds) {
        try {
            kinds.forEach(brokers::require);
            return "";
        } catch (BrokerUnavailableException e) {
            return e.getMessage();
        }
    }

    private void judge(RunRequest request) throws IOException {
        try (Console redirected = Console.to(request.console(), console);
                AnswerClasses classes = AnswerClasses.of(request.classPath(), request.telling())) {
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
