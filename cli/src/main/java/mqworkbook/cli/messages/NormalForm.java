package mqworkbook.cli.messages;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The normal form of what the judge says: without ids, times, numbers, ports and paths, and with one entry in place of a
 * list. Two runs that find the same fault read alike in it. The normal form of a normal form is the same text.
 */
final class NormalForm {

    private static final List<Rule> RULES = List.of(
            new Rule("\u001b\\[[0-9;]*m", ""),
            new Rule("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b", "ID"),
            // Names of topics and queues begin with one that the run made up.
            new Rule("\\bmqw-\\p{XDigit}{6,}", "mqw-ID"),
            new Rule("\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z?", "TIME"),
            // Only the file of a place: where an answer lies differs, and its lines move.
            new Rule("(?:[\\w.-]+/)+(\\w+\\.java)\\b", "$1"),
            new Rule("\\b(\\w+\\.java):\\d+", "$1"),
            new Rule("\\b([A-Z]{1,3})-\\d\\w*(?:-[a-z0-9]\\b)?", "$1-N"),
            new Rule("\\d+(?:[.,:]\\d+)*", "N"),
            new Rule("\\[[^\\[\\]]*]", "[...]"),
            new Rule("\\b([A-Z]{1,3}-N)(?:(?:,| and|, and) [A-Z]{1,3}-N\\b)+", "$1 ..."),
            new Rule("([^;:]{3,}; )\\1+", "$1"),
            new Rule("\\s+", " "));

    private NormalForm() {}

    static String of(String text) {
        String normal = text;
        for (Rule rule : RULES) {
            normal = rule.apply(normal);
        }
        return normal.strip();
    }

    private record Rule(Pattern pattern, String replacement) {

        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }

        String apply(String text) {
            Matcher found = pattern.matcher(text);
            return found.replaceAll(replacement);
        }
    }
}
