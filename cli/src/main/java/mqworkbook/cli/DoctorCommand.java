package mqworkbook.cli;

import java.util.List;
import java.util.concurrent.Callable;
import mqworkbook.cli.doctor.Check;
import mqworkbook.cli.doctor.Checks;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import picocli.CommandLine.Command;

/** {@code workbook doctor}. */
@Command(
        name = "doctor",
        description = "Looks at this machine: what is there, what is missing, and what to do about it.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    DoctorCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Check> checks = Checks.all(workspace);
        for (Check check : checks) {
            String mark = switch (check.state()) {
                case OK -> terminal.green("ok     ");
                case NOTE -> terminal.faint("note   ");
                case MISSING -> terminal.red("MISSING");
            };
            terminal.line("%s  %-9s  %s".formatted(mark, check.name(), check.found()));
            check.details().forEach(detail -> terminal.line("                    " + detail));
        }
        boolean well = checks.stream().noneMatch(check -> check.state() == Check.State.MISSING);
        return well ? ExitCode.GREEN : ExitCode.ENVIRONMENT;
    }
}
