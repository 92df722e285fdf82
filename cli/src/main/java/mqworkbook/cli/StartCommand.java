package mqworkbook.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.Gap;
import mqworkbook.workbench.answer.Gaps;
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

    @Parameters(
            paramLabel = "LESSON",
            arity = "0..1",
            description = "The lesson; without it, the first that has something left to write.")
    private String lesson;

    @Mixin
    private JudgeProperties properties;

    StartCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LessonFiles current = lesson == null ? firstOpen() : workspace.lesson(lesson);
        tellWhere(current);
        return new LessonRunner(terminal, current, true).run(new AnswerOptions(), Map.of(), properties);
    }

    private LessonFiles firstOpen() {
        List<LessonFiles> lessons = workspace.lessons();
        return lessons.stream()
                .filter(candidate -> !gaps(candidate).isEmpty())
                .findFirst()
                .orElse(lessons.get(lessons.size() - 1));
    }

    private void tellWhere(LessonFiles current) {
        List<Gap> gaps = gaps(current);
        String left = gaps.isEmpty()
                ? "nothing left to write"
                : "%d places to write, the next in %s"
                        .formatted(
                                gaps.size(),
                                workspace.display(
                                        current.skeleton().resolve(gaps.get(0).place())));
        terminal.line(terminal.bold("Lesson " + current.name()) + ": " + left);
        terminal.line(
                "The story and the steps: " + workspace.display(current.folder().resolve("README.md")));
    }

    private static List<Gap> gaps(LessonFiles lesson) {
        return Gaps.of(Answer.skeleton(lesson)).all().stream()
                .sorted(Comparator.comparingInt(Gap::step))
                .toList();
    }
}
