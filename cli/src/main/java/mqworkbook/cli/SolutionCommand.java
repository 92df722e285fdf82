package mqworkbook.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Notebook;
import mqworkbook.cli.learner.Progress;
import mqworkbook.cli.solution.Alternative;
import mqworkbook.cli.solution.SourceDiff;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.SkeletonState;
import mqworkbook.workbench.judge.report.Wrap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook solution LESSON}. */
@Command(
        name = "solution",
        description = {
            "Shows how your code differs from the reference, where the notes on it are, and which other answers are right.",
            "While the lesson is not done it waits to be asked a second time."
        },
        mixinStandardHelpOptions = true)
final class SolutionCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "LESSON", description = "The lesson: 01, 1, decoupling or 01-decoupling.")
    private String lesson;

    @Option(names = "--now", description = "Show it at once, also while the lesson is not done.")
    private boolean now;

    SolutionCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Progress progress = Progress.of(workspace.lesson(lesson));
        LessonFiles files = progress.lesson();
        Notebook notebook = Notebook.of(workspace);
        String state = SkeletonState.of(files);
        boolean askedBefore = state.equals(notebook.solutionAskedAt(files.name()));
        if (now || askedBefore || progress.wasRun() && progress.complete()) {
            show(files);
        } else {
            notebook.solutionAskedAt(files.name(), state);
            tellWhatIsLeft(progress);
        }
        return ExitCode.GREEN;
    }

    private void tellWhatIsLeft(Progress progress) {
        String number = progress.lesson().name().substring(0, 2);
        String steps = progress.steps().stream()
                .filter(step -> !step.done())
                .map(step -> String.valueOf(step.number()))
                .collect(Collectors.joining(", "));
        terminal.line("Lesson " + number + " is not done yet; left: "
                + (steps.isEmpty() ? "a run that says so" : "step " + steps) + ".");
        terminal.line("  Hint     ./workbook hint " + number);
        terminal.line("  Solution ./workbook solution " + number + ", a second time");
    }

    private void show(LessonFiles files) {
        List<String> diff = new SourceDiff(workspace, terminal)
                .between(Answer.skeleton(files).files(), Answer.reference(files).files());
        diff.forEach(terminal::line);
        terminal.line(diff.isEmpty() ? "Your files are those of the reference." : "");
        Path notes = files.reference().resolve("NOTES.md");
        if (Files.exists(notes)) {
            terminal.line("Why the reference is so: " + workspace.display(notes));
        }
        List<Path> alternatives = files.alternatives();
        if (!alternatives.isEmpty()) {
            terminal.line("Other right answers, in "
                    + workspace.display(alternatives.get(0).getParent()) + ":");
        }
        for (Path folder : alternatives) {
            Alternative alternative = Alternative.of(folder);
            terminal.line("");
            terminal.line("  " + terminal.bold(alternative.name()));
            terminal.line(Wrap.labelled("    ", alternative.difference(), WIDTH).stripTrailing());
        }
    }
}
