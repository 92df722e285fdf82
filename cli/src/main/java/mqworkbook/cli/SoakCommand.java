package mqworkbook.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.bench.LessonClassPath;
import mqworkbook.cli.bench.LessonJudge;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.soak.CpuLoad;
import mqworkbook.cli.soak.Soak;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.run.Judge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook soak LESSON}. */
@Command(
        name = "soak",
        description = "Runs a lesson's tests many times on warm brokers, and stops at the first run that is not green.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "LESSON", description = "The lesson: 01, 1, decoupling or 01-decoupling.")
    private String lesson;

    @Option(names = "--times", paramLabel = "N", required = true, description = "How many runs.")
    private int times;

    @Option(names = "--load", description = "Keep all cores busy meanwhile.")
    private boolean load;

    @Option(
            names = "--tags",
            paramLabel = "TAG",
            split = ",",
            description = "Only tests with one of these tags: fault, live.")
    private List<String> tags = List.of();

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private JudgeProperties properties;

    SoakCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LessonFiles files = workspace.lesson(lesson);
        Path folder = files.folder().resolve("target/soak");
        List<Path> libraries = LessonClassPath.of(files);
        try (FolderLock lock =
                FolderLock.of(folder, () -> terminal.line("Another soak of this lesson is going on; waiting."))) {
            terminal.passing("Compiling lesson " + files.name() + " ...");
            LessonBench bench = new LessonBench(files, folder, libraries);
            LessonBench.Compiled compiled = answer.compile(bench, files);
            return ExitCode.of(soak(files, bench, compiled, folder.resolve("console.txt")));
        }
    }

    private boolean soak(LessonFiles files, LessonBench bench, LessonBench.Compiled compiled, Path console) {
        try (Judge judge = LessonJudge.of(files, LessonClassPath.of(files), properties.withOwnBrokers(), terminal);
                CpuLoad burning = load ? new CpuLoad() : null) {
            LessonJudge.startBrokers(judge, files, terminal);
            return new Soak(bench, judge, console, terminal).run(compiled, tags, times);
        }
    }
}
