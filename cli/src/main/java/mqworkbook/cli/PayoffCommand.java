package mqworkbook.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.bench.LessonClassPath;
import mqworkbook.cli.host.Command.Result;
import mqworkbook.cli.host.Jvm;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.payoff.PayoffProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code workbook payoff LESSON}. */
@Command(
        name = "payoff",
        description = "Measures on this machine what a lesson's design brings, before and after, with the reference.",
        mixinStandardHelpOptions = true)
final class PayoffCommand implements Callable<Integer> {

    /** What is measured is what runs in production: compiled by C2 too, which short runs do without. */
    private static final List<String> COMPILED = List.of("-XX:TieredStopAtLevel=4", "-Xmn512m");

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "LESSON", description = "The lesson: 01, 1, decoupling or 01-decoupling.")
    private String lesson;

    @Mixin
    private JudgeProperties properties;

    PayoffCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LessonFiles files = workspace.lesson(lesson);
        Path folder = files.folder().resolve("target/payoff");
        Path chart = folder.resolve("payoff.svg");
        List<Path> libraries = LessonClassPath.of(files);
        try (FolderLock lock =
                FolderLock.of(folder, () -> terminal.line("Another measurement is going on; waiting."))) {
            LessonBench bench = new LessonBench(files, folder, libraries);
            LessonBench.Compiled reference = bench.compile("solutions", files.reference());
            bench.compileTests(reference);
            terminal.line("Measuring with the reference; this takes less than a minute.");
            List<Path> classPath = new ArrayList<>(bench.classPath(reference));
            classPath.addAll(libraries);
            List<String> command =
                    new ArrayList<>(Jvm.command(COMPILED, classPath, properties.withOwnBrokers(), PayoffProcess.class));
            command.add(chart.toString());
            Result result =
                    mqworkbook.cli.host.Command.in(files.folder(), command).run(terminal::line);
            if (!result.succeeded()) {
                return ExitCode.ENVIRONMENT;
            }
        }
        terminal.line("Chart: " + workspace.root().relativize(chart));
        return ExitCode.GREEN;
    }
}
