package mqworkbook.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.keep.StartTimes;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.kept.KeeperCalls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook brokers}. */
@Command(
        name = "brokers",
        description = {
            "Shows which brokers a run would get here, and why. Nothing is started.",
            "\"brokers up\" keeps them running, for quicker runs; \"brokers down\" ends them."
        },
        mixinStandardHelpOptions = true)
final class BrokersCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "KIND", arity = "0..*", description = "rabbitmq, kafka, rocketmq, redis; all unless told.")
    private List<BrokerKind> kinds = Arrays.asList(BrokerKind.values());

    @Option(
            names = "--time",
            description = "Measure how long each takes from its start to the first message, in each way that is there.")
    private boolean time;

    @Option(names = "--rounds", paramLabel = "N", description = "How often to measure; 5 unless told.")
    private int rounds = 5;

    @Mixin
    private JudgeProperties properties;

    BrokersCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (time) {
            new StartTimes(terminal, properties.all(), rounds).measure(kinds);
            return ExitCode.GREEN;
        }
        properties.all().forEach(System::setProperty);
        boolean all = true;
        for (BrokerKind kind : kinds) {
            all &= show(kind);
        }
        showKeeper();
        return all ? ExitCode.GREEN : ExitCode.ENVIRONMENT;
    }

    private boolean show(BrokerKind kind) {
        try {
            terminal.line(Brokers.forRun().choice(kind).describe());
            return true;
        } catch (BrokerUnavailableException e) {
            terminal.line(terminal.red("No " + kind.displayName()) + ": " + e.getMessage());
            return false;
        }
    }

    private void showKeeper() {
        Path state = workspace.state();
        Optional<KeeperCalls> keeper = KeeperCalls.in(state);
        if (keeper.isEmpty()) {
            terminal.line(terminal.faint("None is kept running: ./workbook brokers up"));
            return;
        }
        KeeperCalls.View view = keeper.get().look();
        Map<BrokerKind, ?> running = view.running();
        terminal.line(terminal.faint("Kept running by process %d: %s%s"
                .formatted(
                        keeper.get().pid(),
                        running.isEmpty()
                                ? "nothing"
                                : running.keySet().stream()
                                        .map(BrokerKind::displayName)
                                        .collect(Collectors.joining(", ")),
                        view.holder().isEmpty() ? "" : "; process " + view.holder() + " uses them")));
    }
}
