package mqworkbook.cli.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mqworkbook.cli.host.Jvm;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.JudgeProcess;

/** The judge of a lesson, in a JVM with the lesson's libraries and in the lesson's folder, like the build's. */
public final class LessonJudge {

    /** For a whole run on a busy machine. The judge's own guard ends a single test long before. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private LessonJudge() {}

    /**
     * Starts the lesson's brokers, and waits until clients can use them.
     *
     * @throws BrokerUnavailableException with the command that mends it
     */
    public static void startBrokers(Judge judge, LessonFiles lesson, Terminal terminal) {
        terminal.passing("Starting the brokers of lesson " + lesson.name() + " ...");
        judge.start(LessonBrokers.of(lesson));
        String problem = judge.awaitBrokers();
        if (!problem.isEmpty()) {
            throw new BrokerUnavailableException(problem);
        }
    }

    /**
     * A judge that starts its JVM for the first run.
     *
     * @param properties system properties for it
     */
    public static Judge of(
            LessonFiles lesson, List<Path> libraries, Map<String, String> properties, Terminal terminal) {
        Map<String, String> all = new TreeMap<>(properties);
        all.putIfAbsent("workbook.color", String.valueOf(terminal.coloured()));
        return of(lesson, List.of(), libraries, all, terminal.shared());
    }

    /**
     * The same, in a JVM with further flags.
     *
     * @param console takes what is printed outside of runs
     */
    public static Judge of(
            LessonFiles lesson,
            List<String> flags,
            List<Path> libraries,
            Map<String, String> properties,
            PrintStream console) {
        ProcessBuilder jvm = new ProcessBuilder(Jvm.command(flags, libraries, properties, JudgeProcess.class))
                .directory(lesson.folder().toFile());
        // As in the lessons' build: the run's guardian removes containers.
        jvm.environment().put("TESTCONTAINERS_RYUK_DISABLED", "true");
        return new Judge(jvm, LIMIT, console);
    }
}
