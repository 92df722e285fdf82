package mqworkbook.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.brokers.kept.KeeperCalls;
import picocli.CommandLine.Command;

/** {@code workbook brokers down}. */
@Command(
        name = "down",
        description = "Ends the brokers that \"brokers up\" keeps running, with all that is in them.",
        mixinStandardHelpOptions = true)
final class BrokersDownCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    BrokersDownCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<KeeperCalls> keeper = KeeperCalls.in(workspace.state());
        keeper.ifPresent(KeeperCalls::stop);
        terminal.line(keeper.isPresent() ? "The brokers are stopped." : "No brokers are kept running.");
        return ExitCode.GREEN;
    }
}
