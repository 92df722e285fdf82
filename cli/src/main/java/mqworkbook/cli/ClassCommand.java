package mqworkbook.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mqworkbook.cli.classroom.ClassFolder;
import mqworkbook.cli.classroom.ClassView;
import mqworkbook.cli.classroom.ProgressServer;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook class [FOLDER]}. */
@Command(
        name = "class",
        description = {
            "Shows who of a class is where, whoever needs help first on top.",
            "It reads what learners share (start --share, run --share), from a folder that all can reach; with --listen it"
                    + " takes it over HTTP."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Ages count from a file's arrival, by the folder's clock; how long something had lasted before is measured on"
                    + " the learner's clock. So it does not matter that clocks differ.",
            "--json prints one object: summary, learners and complaints; each learner with need (stuck, at work, done),"
                    + " stuckSeconds, redSeconds, heardSeconds, step, and what was sent: name, lesson, title, steps, judged,"
                    + " lastRun, red, done. With --follow it is one line, for each change."
        })
final class ClassCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "The folder that the class shares in. With --listen it need not be told.")
    private Path folder;

    @Option(names = "--follow", description = "Look again every few seconds, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--page", paramLabel = "FILE", description = "Write it as a page too, which needs no network.")
    private Path page;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Option(names = "--listen", paramLabel = "PORT", description = "Take progress over HTTP, and follow it.")
    private Integer port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Listen on this address of this machine, 0.0.0.0 for all; unless told, only this machine can"
                    + " reach it.")
    private String bind;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = ShortDuration.class,
            description = "Leave out what arrived longer ago, as 90m or 48h; 24h unless told.")
    private Duration since = Duration.ofHours(24);

    ClassCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ClassView.Form form = json ? ClassView.Form.JSON : ClassView.Form.TABLE;
        ClassView view = new ClassView(new ClassFolder(checkedFolder(), since), terminal, form, page);
        if (port == null) {
            if (follow) {
                view.follow(List.of());
            } else {
                view.once();
            }
            return ExitCode.GREEN;
        }
        InetAddress address = address();
        try (ProgressServer server = ProgressServer.start(folder, address, port)) {
            view.follow(invitation(address, server.port()));
        }
        return ExitCode.GREEN;
    }

    private Path checkedFolder() {
        if (port == null && bind != null) {
            throw new AnswerException("--bind is an address to listen on: --listen PORT --bind " + bind);
        }
        if (port != null && (port < 0 || port > 65535)) {
            throw new AnswerException(port + " is no port; name one from 1024 to 65535: --listen 8080");
        }
        if (folder == null && port == null) {
            throw new AnswerException(
                    "Name the folder that the class shares in, ./workbook class FOLDER, or take progress"
                            + " over the network, ./workbook class --listen 8080 --bind 0.0.0.0");
        }
        if (folder == null) {
            folder = workspace.state().resolve("class");
        }
        if (port != null) {
            make(folder);
        } else if (!Files.isDirectory(folder)) {
            throw new AnswerException("There is no folder " + folder + ".");
        }
        return folder;
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
    }

    private InetAddress address() {
        try {
            return bind == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new AnswerException(bind + " is no address of this machine. It has " + String.join(", ", addresses())
                    + "; 0.0.0.0 means all");
        }
    }

    private List<String> invitation(InetAddress address, int listening) {
        List<String> hosts = address.isAnyLocalAddress() ? addresses() : List.of(told(address));
        List<String> shares = hosts.stream()
                .map(host -> "  ./workbook start --share http://" + host + ":" + listening)
                .toList();
        String reach = address.isLoopbackAddress()
                ? "Only this machine can reach it; for a classroom add --bind 0.0.0.0. Here:"
                : "Anybody in this network can reach it. Learners type"
                        + (shares.size() > 1 ? " (the address that they can reach):" : ":");
        return Stream.concat(
                        Stream.of("Progress comes into " + workspace.display(folder) + " until Ctrl-C. " + reach),
                        shares.stream())
                .toList();
    }

    private static List<String> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String told(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
