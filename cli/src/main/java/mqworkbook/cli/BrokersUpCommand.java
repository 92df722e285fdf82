package mqworkbook.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.bench.LessonBrokers;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.keep.KeeperProcess;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.kept.Facts;
import mqworkbook.workbench.brokers.kept.KeeperCalls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook brokers up}. */
@Command(
        name = "up",
        description = {
            "Starts brokers and keeps them running: every run in this checkout uses them, \"mvn test\" too.",
            "They serve one run at a time; another one at the same time starts its own."
        },
        mixinStandardHelpOptions = true)
final class BrokersUpCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "KIND",
            arity = "0..*",
            description = "rabbitmq, kafka, rocketmq, redis; unless told, those that the lessons need.")
    private List<BrokerKind> kinds = List.of();

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            converter = ShortDuration.class,
            description = "End them after that long without a run, as 90s, 30m or 2h; 60m unless told.")
    private Duration idle = Duration.ofMinutes(60);

    @Mixin
    private JudgeProperties properties;

    BrokersUpCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path state = workspace.state();
        properties.all().forEach(System::setProperty);
        List<BrokerKind> wanted = kinds.isEmpty()
                ? workspace.lessons().stream()
                        .flatMap(lesson -> LessonBrokers.of(lesson).stream())
                        .distinct()
                        .sorted()
                        .toList()
                : kinds;
        try (FolderLock lock = FolderLock.of(state, () -> terminal.line("Brokers are being started; waiting."))) {
            Optional<KeeperCalls> present = KeeperCalls.in(state);
            KeeperCalls keeper = present.orElseGet(() -> KeeperProcess.start(state, properties.all(), idle));
            boolean well =
                    wanted.parallelStream().map(kind -> start(keeper, kind)).collect(Collectors.toList()).stream()
                            .allMatch(Boolean::booleanValue);
            terminal.line("Runs in this checkout use what is kept, until ./workbook brokers down"
                    + (present.isPresent() ? "." : " or " + ShortDuration.text(idle) + " without a run."));
            return well ? ExitCode.GREEN : ExitCode.ENVIRONMENT;
        }
    }

    private boolean start(KeeperCalls keeper, BrokerKind kind) {
        try {
            if (Brokers.forRun().choice(kind).way() == Way.EXTERNAL) {
                terminal.line(kind.displayName() + " is run by somebody else: there is nothing to keep");
                return true;
            }
            Facts facts = keeper.start(kind);
            terminal.line(facts.description() + ", kept running");
            return isAsWanted(kind, facts);
        } catch (BrokerUnavailableException e) {
            terminal.line(e.getMessage());
            return false;
        }
    }

    private boolean isAsWanted(BrokerKind kind, Facts facts) {
        String forced = properties.all().getOrDefault("brokers", facts.way().toString());
        if (!facts.way().toString().equalsIgnoreCase(forced)) {
            terminal.line(kind.displayName() + " was kept running "
                    + facts.way().phrase() + " already. For another way: ./workbook brokers down, and again");
            return false;
        }
        return true;
    }
}
