package mqworkbook.cli.solution;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;

/** How sources differ, as a unified diff, in colour on a terminal. */
public final class SourceDiff {

    private static final int CONTEXT = 3;
    private static final String NO_FILE = "/dev/null";

    private final Workspace workspace;
    private final Terminal terminal;

    public SourceDiff(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    /** Its lines; none where nothing differs. Both sides are given by the files' places below a source root. */
    public List<String> between(Map<String, Path> before, Map<String, Path> after) {
        SortedSet<String> places = new TreeSet<>(before.keySet());
        places.addAll(after.keySet());
        List<String> diff = new ArrayList<>();
        for (String place : places) {
            diff.addAll(ofFile(before.get(place), after.get(place)));
        }
        return diff.stream().map(this::painted).toList();
    }

    private List<String> ofFile(Path before, Path after) {
        List<String> lines = lines(before);
        return UnifiedDiffUtils.generateUnifiedDiff(
                name(before), name(after), lines, DiffUtils.diff(lines, lines(after)), CONTEXT);
    }

    private String name(Path file) {
        return file == null ? NO_FILE : workspace.display(file);
    }

    /** Without the header of a mistake, which tells the answer to its puzzle. */
    private static List<String> lines(Path file) {
        if (file == null) {
            return List.of();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() || !lines.get(0).startsWith("// Mistake:")
                    ? lines
                    : lines.stream().dropWhile(line -> line.startsWith("//")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String painted(String line) {
        if (line.startsWith("--- ") || line.startsWith("+++ ")) {
            return terminal.bold(line);
        }
        if (line.startsWith("@@")) {
            return terminal.faint(line);
        }
        if (line.startsWith("-")) {
            return terminal.red(line);
        }
        return line.startsWith("+") ? terminal.green(line) : line;
    }
}
