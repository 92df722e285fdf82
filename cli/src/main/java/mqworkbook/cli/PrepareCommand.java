package mqworkbook.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.prepare.BrokerParts;
import mqworkbook.cli.prepare.Lessons;
import mqworkbook.cli.prepare.LibrariesPart;
import mqworkbook.cli.prepare.Pack;
import mqworkbook.cli.prepare.Packing;
import mqworkbook.cli.prepare.Preparation;
import mqworkbook.cli.prepare.Readiness;
import mqworkbook.cli.prepare.WrapperPart;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Way;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook prepare [LESSON...]}. */
@Command(
        name = "prepare",
        description = {
            "Fetches and makes everything that the lessons need, so that they run without a network and start quickly.",
            "What is there already is left alone."
        },
        mixinStandardHelpOptions = true)
final class PrepareCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "LESSON",
            arity = "0..*",
            description = "Only what these lessons need: 01, 1, decoupling or 01-decoupling.")
    private List<String> names = List.of();

    @Option(
            names = "--offline",
            paramLabel = "FOLDER",
            description = "Makes a folder from which machines without a network are prepared.")
    private Path offline;

    @Option(names = "--from", paramLabel = "FOLDER", description = "Takes everything from such a folder.")
    private Path from;

    @Mixin
    private JudgeProperties properties;

    PrepareCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        properties.all().forEach(System::setProperty);
        List<LessonFiles> lessons = names.isEmpty()
                ? workspace.lessons()
                : names.stream().map(workspace::lesson).distinct().toList();
        try (FolderLock lock = FolderLock.of(
                workspace.root().resolve("target/prepare"),
                () -> terminal.line("Another preparation is going on; waiting."))) {
            return offline != null ? pack(lessons) : prepare(lessons);
        }
    }

    private int pack(List<LessonFiles> lessons) {
        Pack pack = Pack.in(offline);
        boolean packed = new Packing(workspace, lessons, names.isEmpty(), terminal).run(pack);
        terminal.line("");
        if (!packed) {
            terminal.line(terminal.red("Not all is in it") + " that the lessons need.");
            return ExitCode.ENVIRONMENT;
        }
        terminal.line(terminal.green("Packed") + " into " + pack.folder() + ", " + pack.size() + ".");
        terminal.line("On a machine without a network, in the workbook's folder: ./workbook prepare --from FOLDER");
        return ExitCode.GREEN;
    }

    private int prepare(List<LessonFiles> lessons) {
        Optional<Pack> pack = Optional.ofNullable(from).map(Pack::at);
        List<BrokerKind> kinds = Lessons.kinds(lessons);
        Preparation preparation = new Preparation(terminal);
        boolean built = preparation.run(new LibrariesPart(workspace, lessons, pack));
        if (pack.isEmpty()) {
            preparation.run(new WrapperPart(workspace.root()));
        }
        kinds.forEach(kind -> BrokerParts.of(kind, pack).forEach(preparation::run));
        List<Readiness> ready = kinds.stream().map(Readiness::of).toList();
        if (ready.stream().anyMatch(kind -> kind.complete() && kind.isIn(Way.DOCKER))) {
            BrokerParts.cleaner(pack).ifPresent(preparation::run);
        }
        return conclude(lessons, built, ready);
    }

    private int conclude(List<LessonFiles> lessons, boolean built, List<Readiness> kinds) {
        terminal.line("");
        List<Readiness> lacking =
                kinds.stream().filter(kind -> !kind.complete()).toList();
        lacking.forEach(kind -> terminal.line(terminal.red("Missing: ") + kind.lacks()));
        if (!built || !lacking.isEmpty()) {
            terminal.line("Not all is there for " + Lessons.named(lessons) + ".");
            return ExitCode.ENVIRONMENT;
        }
        String how = kinds.stream()
                .flatMap(kind -> kind.choice().stream())
                .map(choice -> choice.kind().displayName() + " " + choice.way().phrase())
                .collect(Collectors.joining(", "));
        terminal.line(terminal.green("All is there") + " for " + Lessons.named(lessons)
                + (how.isEmpty() ? "" : ": " + how) + ".");
        return ExitCode.GREEN;
    }
}
