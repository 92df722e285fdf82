package mqworkbook.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Progress;
import mqworkbook.workbench.answer.Gap;
import mqworkbook.workbench.answer.LessonFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code workbook start}. */
@Command(
        name = "start",
        description = "Gets you to work: prepares the brokers, shows where you are, and judges the step you are at.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "LESSON", arity = "0..1", description = "The lesson; without it, the one you are at.")
    private String lesson;

    @Mixin
    private JudgeProperties properties;

    @Mixin
    private ShareOptions share;

    StartCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Progress current =
                lesson == null ? Progress.current(Progress.all(workspace)) : Progress.of(workspace.lesson(lesson));
        tellWhere(current);
        LessonRunner runner = new LessonRunner(terminal, current.lesson(), true);
        return share.around(
                workspace,
                terminal,
                current.lesson(),
                true,
                () -> runner.run(new AnswerOptions(), Map.of(), properties));
    }

    private void tellWhere(Progress current) {
        List<Gap> gaps = current.openGaps();
        LessonFiles lesson = current.lesson();
        String left = gaps.isEmpty()
                ? "nothing left to write"
                : "%d places to write, the next in %s"
                        .formatted(
                                gaps.size(),
                                workspace.display(
                                        lesson.skeleton().resolve(gaps.get(0).place())));
        terminal.line(terminal.bold("Lesson " + lesson.name()) + ": " + left);
        terminal.line(
                "The story and the steps: " + workspace.display(lesson.folder().resolve("README.md")));
    }
}
