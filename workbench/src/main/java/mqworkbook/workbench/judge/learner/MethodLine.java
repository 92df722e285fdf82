package mqworkbook.workbench.judge.learner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Finds the line on which a method is declared, by the text of its source: it may not even compile. */
public final class MethodLine {

    /** What a declaration of a method does not begin with, and a call may. */
    private static final Pattern OTHER = Pattern.compile("\\s*(\\*|//|return\\b|throw\\b|new\\b|else\\b).*");

    private MethodLine() {}

    /** The line of the first method or constructor of this name, from 1; empty where there is none. */
    public static OptionalInt of(Path source, String method) {
        // A constructor may stand without a modifier; a method that stands alone is called.
        String before = Character.isUpperCase(method.charAt(0)) ? "([\\w@<][^=;(]*\\s)?" : "[\\w@<][^=;(]*\\s";
        Pattern declaration = Pattern.compile("\\s*" + before + Pattern.quote(method) + "\\s*\\([^;]*");
        try {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (declaration.matcher(line).matches() && !OTHER.matcher(line).matches()) {
                    return OptionalInt.of(i + 1);
                }
            }
        } catch (IOException e) {
            // The caller names the file alone.
        }
        return OptionalInt.empty();
    }
}
