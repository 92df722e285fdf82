package mqworkbook.cli;

import java.util.List;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Hints;
import mqworkbook.cli.learner.KnownMistakes;
import mqworkbook.cli.learner.Notebook;
import mqworkbook.cli.learner.Progress;
import mqworkbook.cli.messages.Message;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.MistakeHeader;
import mqworkbook.workbench.judge.report.Wrap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook hint [LESSON]}. */
@Command(
        name = "hint",
        description = {
            "Shows the next hint for the step that you are at, from a nudge to nearly the answer.",
            "Where the last run failed as a mistake does that others have shipped, that mistake is named first.",
            "What was shown is remembered for each step."
        },
        mixinStandardHelpOptions = true)
final class HintCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

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
        boolean resembled = tellResemblance(progress, number, notebook);
        int count = hints.texts().size();
        int shown = Math.min(notebook.hintsShown(name, number), count);
        int first = all ? 0 : shown;
        int end = all ? count : resembled ? shown : Math.min(shown + 1, count);
        for (int i = first; i < end; i++) {
            terminal.line(terminal.bold(heading(name, number) + "hint " + (i + 1) + " of " + count));
            terminal.line("");
            terminal.line(hints.texts().get(i));
            terminal.line("");
        }
        terminal.line(outlook(name.substring(0, 2), number, first == end, count - end));
        notebook.hintsShown(name, number, Math.max(shown, end));
        return ExitCode.GREEN;
    }

    private static String heading(String lesson, int step) {
        return "Lesson " + lesson.substring(0, 2) + ", step " + step + ", ";
    }

    /** Names the mistakes that the last result resembles; once for each result, and returns whether it did. */
    private boolean tellResemblance(Progress progress, int number, Notebook notebook) {
        String name = progress.lesson().name();
        List<Message> failures = progress.failures(number);
        List<MistakeHeader> mistakes = KnownMistakes.of(progress.lesson()).resembling(failures);
        if (mistakes.isEmpty()) {
            return false;
        }
        String result = failures.get(0).normal().text();
        if (!all && notebook.resemblanceShown(name).equals(result)) {
            return false;
        }
        terminal.line(terminal.bold(heading(name, number) + "what the last run looks like")
                + (progress.editedSince() ? " (edited since)" : ""));
        terminal.line("");
        if (mistakes.size() > 1) {
            terminal.line("This looks like one of two mistakes that others have shipped.");
            terminal.line("");
        }
        for (MistakeHeader mistake : mistakes) {
            String label = mistakes.size() > 1 ? "Perhaps:          " : "This looks like:  ";
            terminal.line(Wrap.labelled(label, mistake.wrong(), WIDTH).stripTrailing());
            terminal.line(Wrap.labelled("In production:    ", mistake.showsAs(), WIDTH)
                    .stripTrailing());
            terminal.line("");
        }
        notebook.resemblanceShown(name, result);
        return true;
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
