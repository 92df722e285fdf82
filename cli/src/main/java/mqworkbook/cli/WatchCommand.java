package mqworkbook.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.classroom.Sharing;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.LessonList;
import mqworkbook.cli.learner.Progress;
import mqworkbook.cli.watch.Check;
import mqworkbook.cli.watch.Key;
import mqworkbook.cli.watch.LessonCheck;
import mqworkbook.cli.watch.LineKeys;
import mqworkbook.cli.watch.Screen;
import mqworkbook.cli.watch.SourceWatch;
import mqworkbook.cli.watch.TerminalKeys;
import mqworkbook.cli.watch.Verdict;
import mqworkbook.cli.watch.WatchLoop;
import mqworkbook.cli.watch.WatchTimes;
import mqworkbook.workbench.answer.LessonFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook watch [LESSON]}. */
@Command(
        name = "watch",
        description = {
            "Judges your code each time that you save a file of the lesson, up to the first problem.",
            "Brokers stay up and the next JVM is started ahead, so a verdict takes seconds or less."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "On a terminal a key does at once what it says: ? shows them all. In a pipe a line with the letter does; the end"
                    + " of the input changes nothing, a signal ends the watch."
        })
final class WatchCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "LESSON",
            arity = "0..1",
            description = "The lesson: 01, 1, decoupling or 01-decoupling; without it, the one you are at.")
    private String lesson;

    @Option(
            names = "--time",
            description =
                    "Measure, in place of watching, how long it takes from a save to the verdict, and side by side how"
                            + " long mvn -o -q test takes. Files are touched, not changed.")
    private boolean time;

    @Option(names = "--rounds", paramLabel = "N", description = "How often to measure; 10 unless told.")
    private int rounds = 10;

    @Mixin
    private JudgeProperties properties;

    @Mixin
    private ShareOptions share;

    WatchCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        LessonFiles files =
                lesson == null ? Progress.current(Progress.all(workspace)).lesson() : workspace.lesson(lesson);
        Map<String, String> all = new TreeMap<>(properties.all());
        all.forEach(System::setProperty);
        all.putIfAbsent("workbook.color", String.valueOf(terminal.coloured()));
        share.asked(workspace, terminal, files).remind();
        Path folder = files.folder().resolve("target/watch");
        try (FolderLock lock = FolderLock.of(
                        folder, () -> terminal.line("This lesson is being watched by another process; waiting."));
                LessonCheck check = new LessonCheck(workspace, files, folder, all, () -> standing(files))) {
            if (time) {
                new WatchTimes(workspace, files, check, terminal).measure(rounds);
            } else {
                watch(files, check);
            }
        }
        return ExitCode.GREEN;
    }

    private void watch(LessonFiles files, LessonCheck check) throws InterruptedException {
        ExecutorService telling = Executors.newSingleThreadExecutor(WatchCommand::daemon);
        try (WatchLoop loop = new WatchLoop(counted(check, files, telling), commands(files), new Screen(terminal));
                SourceWatch sources = SourceWatch.of(files, loop::saved)) {
            run(loop);
        } finally {
            telling.shutdown();
        }
    }

    /** The class is told behind the verdict's back: nobody waits for it. */
    private Check counted(Check check, LessonFiles files, Executor telling) {
        Sharing sharing = new Sharing(workspace, Terminal.silent(), Clock.systemUTC());
        return (all, progress) -> {
            Runnable afterwards = sharing.counting(files);
            Verdict verdict = check.run(all, progress);
            telling.execute(afterwards);
            return verdict;
        };
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "share");
        thread.setDaemon(true);
        return thread;
    }

    private void run(WatchLoop loop) throws InterruptedException {
        Optional<TerminalKeys> keys = terminal.interactive() ? TerminalKeys.open() : Optional.empty();
        try {
            keys.ifPresentOrElse(
                    terminalKeys -> terminalKeys.listen(loop::pressed),
                    () -> LineKeys.listen(System.in, loop::pressed));
            loop.run();
        } finally {
            keys.ifPresent(TerminalKeys::close);
        }
    }

    private String standing(LessonFiles files) {
        Progress progress = Progress.of(files);
        return new LessonList(List.of(progress), new Git(workspace.root()), terminal).line(progress);
    }

    private Map<Key, Runnable> commands(LessonFiles files) {
        String number = files.name().substring(0, 2);
        Map<Key, Runnable> commands = new EnumMap<>(Key.class);
        commands.put(Key.HINT, () -> run("hint", number));
        commands.put(Key.NEXT, () -> run("next"));
        commands.put(Key.LIST, () -> run("list"));
        commands.put(Key.SOLUTION, () -> run("solution", number));
        commands.put(Key.RESET, () -> run("reset", number));
        commands.put(Key.UNDO, () -> run("reset", number, "--undo"));
        return commands;
    }

    private void run(String... words) {
        Main.run(workspace, terminal, words);
    }
}
