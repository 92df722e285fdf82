package mqworkbook.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Attempts;
import mqworkbook.cli.learner.Delivered;
import mqworkbook.cli.learner.Mirror;
import mqworkbook.workbench.answer.LessonFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook reset LESSON}. */
@Command(
        name = "reset",
        description = {
            "Brings back the skeleton of a lesson as the workbook delivered it, also after you have committed work. Your work is"
                    + " kept; --undo brings it back.",
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

    @Option(
            names = "--to",
            paramLabel = "COMMIT",
            description = "The skeleton of this commit; unless told, the newest that the workbook has delivered.")
    private String to;

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
        Delivered delivered = to == null ? Delivered.of(git) : Delivered.at(git, to);
        if (!git.isCommitted(delivered.commit(), files.skeleton())) {
            terminal.line("Git knows no committed skeleton of lesson " + files.name()
                    + ": this needs git, and a clone of the workbook.");
            return ExitCode.ENVIRONMENT;
        }
        // Exported first: where that fails, nothing has been touched.
        Path skeleton = attempts.draft();
        git.export(delivered.commit(), files.skeleton(), skeleton);
        boolean asItWas = Mirror.of(skeleton).isIn(files.skeleton());
        String where = "Lesson " + files.name() + " is as " + delivered.description();
        if (asItWas) {
            attempts.removeDraft();
            terminal.line(where + "; nothing to do.");
            tellWhereUnknown(delivered);
            return ExitCode.GREEN;
        }
        Path kept = attempts.keep();
        Mirror.of(skeleton).into(files.skeleton());
        attempts.removeDraft();
        terminal.line(where + ".");
        tellKept(kept);
        tellWhereUnknown(delivered);
        return ExitCode.GREEN;
    }

    private void tellWhereUnknown(Delivered delivered) {
        if (!delivered.known()) {
            terminal.line("  Another  ./workbook reset " + lesson
                    + " --to COMMIT; this clone does not know where it came" + " from");
        }
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
