package mqworkbook.cli.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Maven that builds the workbook: an installed one that is new enough, else the wrapper.
 *
 * @param program name or path of the program
 * @param version as it tells it; empty for the wrapper, which fetches its own
 */
public record Maven(String program, String version) {

    static final Pattern VERSION = Pattern.compile("Apache Maven (\\d+)\\.(\\d+)\\.(\\d+)");

    /** Looks at the installed Maven, which takes a moment. */
    public static Maven of(Path root) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        String installed = windows ? "mvn.cmd" : "mvn";
        for (String line :
                Command.in(root, List.of(installed, "--version")).run().lines()) {
            Matcher version = VERSION.matcher(line);
            if (version.find() && isNewEnough(version)) {
                return new Maven(installed, version.group().substring("Apache Maven ".length()));
            }
        }
        return new Maven(root.resolve(windows ? "mvnw.cmd" : "mvnw").toString(), "");
    }

    /** The enforcer's lower bound, 3.8.1: before it, Maven followed insecure repository addresses. */
    static boolean isNewEnough(Matcher version) {
        int number = 0;
        for (int part = 1; part <= 3; part++) {
            number = number * 1000 + Integer.parseInt(version.group(part));
        }
        return number >= 3_008_001;
    }

    /** Runs Maven at the root, without colours. */
    public Command.Result run(Path root, List<String> arguments, Consumer<String> watcher) {
        List<String> words = new ArrayList<>(List.of(program, "--batch-mode", "-Dstyle.color=never"));
        words.addAll(arguments);
        return Command.in(root, words).run(watcher);
    }
}
