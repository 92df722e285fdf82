package mqworkbook.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each lesson's best practices, by its number, as the table of lessons in the root's README tells them. */
final class Practices {

    private static final Pattern ROW = Pattern.compile("\\| (\\d\\d) \\|(?:[^|]*\\|){3}([^|]*)\\|");

    private Practices() {}

    /** Empty where there is no such table. */
    static Map<String, String> of(Path readme) {
        Map<String, String> practices = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(readme)) {
                Matcher row = ROW.matcher(line);
                if (row.lookingAt()) {
                    practices.put(row.group(1), row.group(2).strip());
                }
            }
        } catch (IOException e) {
            // No such file, or one that is no text: the page does without.
            return Map.of();
        }
        return practices;
    }
}
