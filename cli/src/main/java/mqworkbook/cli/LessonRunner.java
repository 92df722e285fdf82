package mqworkbook.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.bench.LessonBrokers;
import mqworkbook.cli.bench.LessonClassPath;
import mqworkbook.cli.bench.LessonJudge;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.learner.Progress;
import mqworkbook.workbench.answer.CompilationException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.RunResult;

/** Judges one answer once, and shows what the judge prints as it comes. */
final class LessonRunner {

    private final Terminal terminal;
    private final LessonFiles lesson;
    private final boolean brokersFirst;

    /**
     * A runner.
     *
     * @param brokersFirst whether to wait until the brokers run, though the first step may not need them
     */
    LessonRunner(Terminal terminal, LessonFiles lesson, boolean brokersFirst) {
        this.terminal = terminal;
        this.lesson = lesson;
        this.brokersFirst = brokersFirst;
    }

    /** Returns the exit code. */
    int run(AnswerOptions answer, Map<String, String> parameters, JudgeProperties properties) {
        try {
            RunResult result = judge(answer, parameters, properties, null);
            if (!result.broken().isEmpty()) {
                terminal.line(result.broken());
            }
            int exitCode = exitCode(result);
            if (answer.isLearners() && result.broken().isEmpty()) {
                tellWhatNow(exitCode);
            }
            return exitCode;
        } catch (CompilationException e) {
            terminal.line(e.getMessage());
            return ExitCode.RED;
        }
    }

    /**
     * Returns what the judge said.
     *
     * @param console takes what is printed meanwhile; null for the terminal
     * @throws CompilationException if the answer does not compile
     */
    RunResult judge(AnswerOptions answer, Map<String, String> parameters, JudgeProperties properties, Path console) {
        Path folder = lesson.folder().resolve("target/run");
        List<Path> libraries = LessonClassPath.of(lesson);
        try (FolderLock lock =
                        FolderLock.of(folder, () -> terminal.line("Another run of this lesson is going on; waiting."));
                Judge judge = LessonJudge.of(lesson, libraries, properties.all(), terminal)) {
            judge.start(LessonBrokers.ofAllSteps(lesson));
            LessonBench bench = LessonBench.ofLearner(lesson, folder, libraries);
            LessonBench.Compiled compiled = answer.compile(bench, lesson);
            if (brokersFirst) {
                awaitBrokers(judge);
            }
            return judge.run(bench.request(compiled, List.of(), parameters, console), test -> {});
        }
    }

    private void tellWhatNow(int exitCode) {
        String number = lesson.name().substring(0, 2);
        if (exitCode == ExitCode.RED) {
            terminal.line("");
            terminal.line("Stuck? ./workbook hint " + number + "   Again: ./workbook run " + number);
        } else if (exitCode == ExitCode.GREEN && Progress.of(lesson).complete()) {
            terminal.line("");
            terminal.line("How others do it: ./workbook solution " + number + "   Go on: ./workbook next");
        }
    }

    /** Whether it is green, red, or could not be judged for want of a broker. */
    static int exitCode(RunResult result) {
        boolean noBroker = result.firstFailure()
                .filter(test -> test.error().equals(BrokerUnavailableException.class.getName()))
                .isPresent();
        return noBroker ? ExitCode.ENVIRONMENT : ExitCode.of(result.green());
    }

    /** What is missing is told, and is no reason not to begin: a step that needs no broker can be done without. */
    private void awaitBrokers(Judge judge) {
        terminal.passing("Starting the brokers ...");
        String problem = judge.awaitBrokers();
        if (!problem.isEmpty()) {
            terminal.line(problem);
        }
    }
}
