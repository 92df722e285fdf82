package mqworkbook.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import mqworkbook.cli.host.NoSuchLessonException;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.prepare.PartFailedException;
import mqworkbook.cli.update.Update;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the workbook. */
@Command(
        name = "workbook",
        description = "Runnable exercises on message queues, against real brokers.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Lessons are named 01, 1, decoupling or 01-decoupling.",
            "Exit codes: 0 green, 1 red, 2 wrong usage, 3 something is missing on this machine."
        })
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Workspace.current(), Terminal.standard(), args));
    }

    /** Runs one command. */
    static int run(Workspace workspace, Terminal terminal, String... args) {
        CommandLine commands = commands(workspace, terminal);
        if (!workspace.exists()) {
            terminal.line(workspace.root() + " is no checkout of the workbook. Start with its script: ./workbook");
            return ExitCode.ENVIRONMENT;
        }
        if (Update.isPending(workspace)
                && args.length > 0
                && !List.of("update", "doctor").contains(args[0])) {
            terminal.line("An update of the workbook has broken off here. Finish it first: ./workbook update");
            return ExitCode.ENVIRONMENT;
        }
        return args.length == 0 ? commands.execute("--help") : commands.execute(args);
    }

    /** All commands. */
    static CommandLine commands(Workspace workspace, Terminal terminal) {
        PrintWriter out = new PrintWriter(terminal.stream(), true);
        return new CommandLine(new Main())
                .addSubcommand(new StartCommand(workspace, terminal))
                .addSubcommand(new NextCommand(workspace, terminal))
                .addSubcommand(new ListCommand(workspace, terminal))
                .addSubcommand(new RunCommand(workspace, terminal))
                .addSubcommand(new WatchCommand(workspace, terminal))
                .addSubcommand(new HintCommand(workspace, terminal))
                .addSubcommand(new StoryCommand(workspace, terminal))
                .addSubcommand(new SolutionCommand(workspace, terminal))
                .addSubcommand(new MistakesCommand(workspace, terminal))
                .addSubcommand(new ResetCommand(workspace, terminal))
                .addSubcommand(new BranchCommand(workspace, terminal))
                .addSubcommand(new UpdateCommand(workspace, terminal))
                .addSubcommand(new ClassCommand(workspace, terminal))
                .addSubcommand(new VerifyCommand(workspace, terminal))
                .addSubcommand(new SoakCommand(workspace, terminal))
                .addSubcommand(new PayoffCommand(workspace, terminal))
                .addSubcommand(new ReportCommand(workspace, terminal))
                .addSubcommand(new PrepareCommand(workspace, terminal))
                .addSubcommand(new DoctorCommand(workspace, terminal))
                .addSubcommand(brokers(workspace, terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((problem, command, parsed) -> explain(problem, terminal))
                .setOut(out)
                .setErr(out);
    }

    private static CommandLine brokers(Workspace workspace, Terminal terminal) {
        return new CommandLine(new BrokersCommand(workspace, terminal))
                .addSubcommand(new BrokersUpCommand(workspace, terminal))
                .addSubcommand(new BrokersDownCommand(workspace, terminal));
    }

    private static int explain(Exception problem, Terminal terminal) throws Exception {
        if (problem instanceof AnswerException
                || problem instanceof NoSuchLessonException
                || problem instanceof PartFailedException) {
            terminal.line(problem.getMessage());
            return ExitCode.USAGE;
        }
        if (problem instanceof BrokerUnavailableException || problem instanceof UncheckedIOException) {
            terminal.line(problem.getMessage());
            return ExitCode.ENVIRONMENT;
        }
        throw problem;
    }

    /** The project's version, written by the build. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream file = Main.class.getResourceAsStream("version.properties")) {
                properties.load(file);
            }
            return new String[] {"MQ Workbook " + properties.getProperty("version") + ", JDK " + Runtime.version()};
        }
    }
}
