package mqworkbook.cli;

import java.util.concurrent.Callable;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.update.Update;
import mqworkbook.workbench.answer.AnswerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code workbook update}. */
@Command(
        name = "update",
        description = {
            "Brings a newer workbook under your work. What you have edited stays, committed or not; where the newer skeleton"
                    + " has changed too, the two are merged, and where they contradict each other yours stays.",
            "What was before is kept; --undo brings it back."
        },
        mixinStandardHelpOptions = true)
final class UpdateCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Option(
            names = "--from",
            paramLabel = "REMOTE|URL|PATH",
            description =
                    "Where the newer workbook is: a remote, an address, a clone, a bundle; unless told, where this"
                            + " clone came from.")
    private String from;

    @Option(names = "--dry-run", description = "Tell what it would do, and change nothing.")
    private boolean dry;

    @Option(
            names = "--replace",
            description =
                    "Also replace files outside of lessons/*/src/main/java that you have changed; they are kept for"
                            + " --undo.")
    private boolean replace;

    @Option(names = "--undo", description = "Bring back what was before the last update, or before the last undo.")
    private boolean undo;

    UpdateCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (undo && (from != null || dry || replace)) {
            throw new AnswerException("--undo stands alone: ./workbook update --undo");
        }
        try (FolderLock lock = FolderLock.of(
                workspace.state().resolve("update"), () -> terminal.line("Another update is going on; waiting."))) {
            Update update = new Update(workspace, terminal);
            if (undo) {
                update.undo();
            } else {
                update.run(from, dry, replace);
            }
        }
        return ExitCode.GREEN;
    }
}
