package mqworkbook.cli;

import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.solution.SolutionsBranch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code workbook branch}. */
@Command(
        name = "branch",
        description = {
            "Makes a branch from the last commit on which each lesson holds the reference, so that mvn test is green there.",
            "Your files and the branch that you are on stay as they are."
        },
        mixinStandardHelpOptions = true)
final class BranchCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Option(names = "--name", paramLabel = "NAME", description = "How it is called; solutions unless told.")
    private String name = "solutions";

    BranchCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String from = new SolutionsBranch(workspace, name).make();
        terminal.line("The branch " + name + " holds the reference of each lesson, as of commit "
                + from.substring(0, 12) + ".");
        terminal.line("  See it   git switch " + name + ", then mvn test -pl lessons/"
                + workspace.lessons().get(0).name());
        return ExitCode.GREEN;
    }
}
