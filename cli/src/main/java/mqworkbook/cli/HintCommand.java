package mqworkbook.cli;

import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Hints;
import mqworkbook.cli.learner.Notebook;
import mqworkbook.cli.learner.Progress;
import mqworkbook.workbench.answer.AnswerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook hint [LESSON]}. */
@Command(
        name = "hint",
        description = {
            "Shows the next hint for the step that you are at, from a nudge to nearly the answer.",
            "What was shown is remembered for each step."
        },
        mixinStandardHelpOptions = true)
final class HintCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "LESSON",
            arity = "0..1",
            description = "The lesson: 01, 1, decoupling or 01-decoupling; without it, the one you are at.")
    private String lesson;

    @Option(names = "--step", paramLabel = "N", description = "Hints for this step, not for the one you are at.")
    private Integer step;

    @Option(names = "--all", description = "All hints of the step, also those that were shown before.")
    private boolean all;

    HintCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Progress progress =
                lesson == null ? Progress.current(Progress.all(workspace)) : Progress.of(workspace.lesson(lesson));
        String name = progress.lesson().name();
        int number = step != null ? step : current(progress);
        Hints hints = Hints.of(progress.lesson(), number);
        Notebook notebook = Notebook.of(workspace);
        int count = hints.texts().size();
        int shown = Math.min(notebook.hintsShown(name, number), count);
        int first = all ? 0 : shown;
        int end = all ? count : Math.min(shown + 1, count);
        for (int i = first; i < end; i++) {
            terminal.line(terminal.bold(
                    "Lesson " + name.substring(0, 2) + ", step " + number + ", hint " + (i + 1) + " of " + count));
            terminal.line("");
            terminal.line(hints.texts().get(i));
            terminal.line("");
        }
        terminal.line(outlook(name.substring(0, 2), number, first == end, count - end));
        notebook.hintsShown(name, number, Math.max(shown, end));
        return ExitCode.GREEN;
    }

    private static int current(Progress progress) {
        return progress.currentStep()
                .orElseThrow(() -> new AnswerException(
                        "Lesson " + progress.lesson().name() + " has no step that is open. Name one, as in --step 1."))
                .number();
    }

    private String outlook(String lesson, int step, boolean noneShown, int left) {
        if (left > 0) {
            return "Further hints: " + left + ". The next: " + command(lesson, step);
        }
        String all = noneShown
                ? "All hints of step " + step + " have been shown; again: " + command(lesson, step) + " --all. "
                : "That was the last hint of step " + step + ". ";
        return all + "The reference: ./workbook solution " + lesson;
    }

    private String command(String lesson, int number) {
        return "./workbook hint " + lesson + (step == null ? "" : " --step " + number);
    }
}
