package mqworkbook.cli.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds calls of one program in code as people write it in pages. */
final class Shell {

    /** What ends a command: a comment, a pipe, the next command, a parenthesis. */
    private static final String END = "(?=\\s+#|\\s*[|&;<>)]|\\s*$)";

    private final Pattern call;

    /**
     * For one program.
     *
     * @param program a pattern for its name
     */
    Shell(String program) {
        call = Pattern.compile("(?:^|[\\s(])(?:" + program + ")((?: .*?)?)" + END);
    }

    /** The arguments of each call in one line of code. */
    List<List<String>> calls(String code) {
        List<List<String>> calls = new ArrayList<>();
        Matcher found = call.matcher(code);
        while (found.find()) {
            String arguments = found.group(1).strip();
            calls.add(arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+")));
        }
        return calls;
    }
}
