package mqworkbook.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import mqworkbook.workbench.answer.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what was wrong with the words of a command, and what was probably meant. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        String suggestion = unknown(problem)
                .map(typed -> "There is no " + kind(typed) + " " + typed + "." + suggestion(command, typed))
                .orElse(problem.getMessage());
        err.println(suggestion);
        err.println("Help: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static Optional<String> unknown(ParameterException problem) {
        return problem instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().stream().findFirst()
                : Optional.empty();
    }

    private static String kind(String typed) {
        return typed.startsWith("-") ? "option" : "command";
    }

    private static String suggestion(CommandLine command, String typed) {
        TreeSet<String> known = new TreeSet<>(
                typed.startsWith("-")
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet());
        String word = typed.split("=", 2)[0];
        return Suggestion.closest(word, List.copyOf(known), String::toString)
                .map(meant -> " Did you mean " + meant + "?")
                .orElse("");
    }
}
