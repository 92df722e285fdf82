package mqworkbook.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mqworkbook.cli.host.NoSuchLessonException;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Whether arguments, as pages name them, are good for the command line. Runs nothing. */
final class CommandLineCheck {

    /** LESSON, FOLDER: the reader's own; some stand for a number. */
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+");

    private final Workspace workspace;

    CommandLineCheck(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What is wrong, in a sentence; empty when the command line would take them. */
    Optional<String> problem(List<String> arguments) {
        try {
            // A command line of its own: parsing fills the commands' fields.
            CommandLine commands = Main.commands(workspace, Terminal.silent());
            String[] typed = arguments.stream()
                    .map(argument -> argument.equals("N") ? "1" : argument)
                    .toArray(String[]::new);
            for (ParseResult at = commands.parseArgs(typed); at != null; at = at.subcommand()) {
                for (PositionalParamSpec parameter : at.matchedPositionals()) {
                    if (parameter.paramLabel().equals("LESSON")) {
                        parameter.stringValues().stream()
                                .filter(name -> !PLACEHOLDER.matcher(name).matches())
                                .forEach(workspace::lesson);
                    }
                }
            }
            return Optional.empty();
        } catch (ParameterException | NoSuchLessonException e) {
            return Optional.of(e.getMessage());
        }
    }
}
