package mqworkbook.cli.prepare;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says in one sentence why Maven has failed, and what mends it. */
final class MavenTrouble {

    private static final Pattern HOST = Pattern.compile("\\((https?://[^/)]+)");
    private static final List<String> NETWORK = List.of(
            "unknown host",
            "unknownhost",
            "name or service not known",
            "temporary failure in name resolution",
            "network is unreachable",
            "no route to host",
            "connection refused",
            "connect timed out",
            "connection timed out",
            "read timed out",
            "could not transfer artifact",
            "failed to fetch");

    private MavenTrouble() {}

    /**
     * The sentence.
     *
     * @param output all that it printed
     * @param log where that can be read
     */
    static String in(List<String> output, String log) {
        List<String> errors = output.stream()
                .filter(line -> line.contains("ERROR") || line.startsWith("wget") || line.startsWith("curl"))
                .toList();
        if (contains(output.stream(), "no space left on device")) {
            return "Maven finds no room on the disk: make some, and run \"./workbook prepare\" again";
        }
        if (contains(errors.stream(), "in offline mode")) {
            return "Maven is offline, and not all that it needs is in the local repository (" + first(errors)
                    + "): run \"./workbook prepare\" with a network";
        }
        if (NETWORK.stream().anyMatch(words -> contains(errors.stream(), words))) {
            return "Maven cannot reach " + host(errors) + ": check the network (a proxy belongs into"
                    + " ~/.m2/settings.xml), and run \"./workbook prepare\" again";
        }
        return "Maven has failed (" + first(errors) + "); all that it said is in " + log;
    }

    private static boolean contains(Stream<String> lines, String words) {
        return lines.anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(words));
    }

    private static String host(List<String> errors) {
        return errors.stream()
                .map(HOST::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("its repository");
    }

    private static String first(List<String> errors) {
        return errors.stream()
                .map(line -> line.replaceFirst("^\\[ERROR]\\s*", "").strip())
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("without a word");
    }
}
