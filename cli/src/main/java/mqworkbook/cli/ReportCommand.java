package mqworkbook.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Browser;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code workbook report}. */
@Command(
        name = "report",
        description = {
            "Writes a page with your progress, what went wrong in the last runs and the stories of it, which test catches"
                    + " which mistake, and what the designs bring. Runs nothing.",
            "The page is one file that needs no network."
        },
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Option(names = "--open", description = "Open it in the browser.")
    private boolean open;

    @Option(names = "--output", paramLabel = "FILE", description = "Where to write it; target/report.html unless told.")
    private Path output;

    ReportCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path file = output == null ? workspace.root().resolve("target/report.html") : output.toAbsolutePath();
        if (Files.isDirectory(file)) {
            terminal.line(workspace.display(file) + " is a folder. Name a file in it: --output "
                    + workspace.display(file.resolve("report.html")));
            return ExitCode.USAGE;
        }
        String page = ReportPage.of(workspace);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        } catch (IOException e) {
            terminal.line(workspace.display(file) + " cannot be written: " + reason(e)
                    + ". Another place: ./workbook report --output FILE");
            return ExitCode.ENVIRONMENT;
        }
        terminal.line("Report: " + workspace.display(file));
        if (open && !Browser.open(file)) {
            terminal.line("No browser could be started here. Open the file yourself.");
            return ExitCode.ENVIRONMENT;
        }
        return ExitCode.GREEN;
    }

    private static String reason(IOException problem) {
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        boolean told = problem instanceof FileSystemException system && system.getReason() != null;
        return told ? ((FileSystemException) problem).getReason() : "a folder on the way is missing or is a file";
    }
}
