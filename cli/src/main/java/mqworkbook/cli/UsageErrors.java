package mqworkbook.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.Suggestion;
import mqworkbook.workbench.brokers.BrokerKind;
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
                .map(typed -> "There is no " + kind(command, typed) + " " + typed + "." + suggestion(command, typed))
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

    private static String kind(CommandLine command, String typed) {
        if (typed.startsWith("-")) {
            return "option";
        }
        return command.getSubcommands().isEmpty() && !words(command).isEmpty() ? "broker" : "command";
    }

    private static String suggestion(CommandLine command, String typed) {
        TreeSet<String> known = new TreeSet<>(
                typed.startsWith("-")
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet());
        if (!typed.startsWith("-")) {
            known.addAll(words(command));
        }
        String word = typed.split("=", 2)[0];
        return Suggestion.closest(word, List.copyOf(known), String::toString)
                .map(meant -> " Did you mean " + meant + "?")
                .orElse("");
    }

    /** What a command takes that names brokers. */
    private static List<String> words(CommandLine command) {
        boolean brokers = command.getCommandSpec().positionalParameters().stream()
                .anyMatch(parameter -> List.of(parameter.auxiliaryTypes()).contains(BrokerKind.class));
        return brokers
                ? Stream.of(BrokerKind.values())
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
    }
}
