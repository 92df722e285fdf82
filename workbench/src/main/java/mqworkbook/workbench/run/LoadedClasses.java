package mqworkbook.workbench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The classes that one run has loaded, for the next JVM to load ahead. The list is what a JVM writes that is started with
 * {@link #recording}.
 */
public final class LoadedClasses {

    /** {@code mqworkbook.workbench.judge.Step source: file:/…/classes/}, or a jar, or {@code jrt:/java.base}. */
    private static final Pattern LINE = Pattern.compile("([\\w.$]+) source: (?:file:|jrt:).*");

    private LoadedClasses() {}

    /** The JVM's flag that has it write its classes into the file. */
    public static String recording(Path file) {
        return "-Xlog:class+load=info:file=\"" + file.toAbsolutePath() + "\":none:filecount=0";
    }

    /**
     * Loads and links the classes of the list that this JVM can find, but does not initialise them; what cannot be loaded
     * is left out: the classes of an answer, above all.
     */
    static void load(Path list, ClassLoader loader, BooleanSupplier wanted) {
        for (String name : names(list)) {
            if (!wanted.getAsBoolean()) {
                return;
            }
            try {
                // Asking for constructors has the class linked, and so verified.
                Class.forName(name, false, loader).getDeclaredConstructors();
            } catch (ClassNotFoundException | LinkageError notHere) {
                // The run will tell, should it miss it.
            }
        }
    }

    private static List<String> names(Path list) {
        if (!Files.exists(list)) {
            return List.of();
        }
        // Class names outside of ASCII are written in another encoding by some JVMs.
        try (Stream<String> lines = Files.lines(list, StandardCharsets.ISO_8859_1)) {
            return lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
