package mqworkbook.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Attempts;
import mqworkbook.cli.learner.Mirror;
import mqworkbook.workbench.answer.LessonFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook reset LESSON}. */
@Command(
        name = "reset",
        description = {
            "Brings back the skeleton of a lesson as it was committed last. Your work is kept; --undo brings it back.",
            "Nothing is ever lost: what an undo replaces is kept as well, so that it can be undone."
        },
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "LESSON", description = "The lesson: 01, 1, decoupling or 01-decoupling.")
    private String lesson;

    @Option(names = "--undo", description = "Bring back what was replaced last.")
    private boolean undo;

    ResetCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LessonFiles files = workspace.lesson(lesson);
        Attempts attempts = Attempts.of(workspace, files);
        return undo ? undo(files, attempts) : reset(files, attempts);
    }

    private int reset(LessonFiles files, Attempts attempts) {
        Git git = new Git(workspace.root());
        if (!git.isCommitted(files.skeleton())) {
            terminal.line("Git knows no committed skeleton of lesson " + files.name()
                    + ": this needs git, and a clone of the workbook.");
            return ExitCode.ENVIRONMENT;
        }
        if (!git.isEdited(files.skeleton())) {
            terminal.line("Lesson " + files.name() + " is as it was committed last; nothing to do.");
            return ExitCode.GREEN;
        }
        // Exported first: where that fails, nothing has been touched.
        Path committed = attempts.draft();
        git.export(files.skeleton(), committed);
        Path kept = attempts.keep();
        Mirror.of(committed).into(files.skeleton());
        attempts.removeDraft();
        terminal.line("Lesson " + files.name() + " is as it was committed last.");
        tellKept(kept);
        return ExitCode.GREEN;
    }

    private int undo(LessonFiles files, Attempts attempts) {
        Optional<Path> last = attempts.last();
        if (last.isEmpty()) {
            terminal.line("Nothing of lesson " + files.name() + " has been replaced yet; nothing to do.");
            return ExitCode.GREEN;
        }
        if (attempts.isAsNow(last.get())) {
            terminal.line("Your files are those of " + workspace.display(last.get()) + " already; nothing to do.");
            return ExitCode.GREEN;
        }
        Path kept = attempts.keep();
        attempts.bringBack(last.get());
        terminal.line("Your files are those of " + workspace.display(last.get()) + " again.");
        tellKept(kept);
        return ExitCode.GREEN;
    }

    private void tellKept(Path kept) {
        terminal.line("  Before   " + workspace.display(kept));
        terminal.line("  Undo     ./workbook reset " + lesson + " --undo");
    }
}
