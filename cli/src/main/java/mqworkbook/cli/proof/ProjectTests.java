package mqworkbook.cli.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.cli.host.Command;
import mqworkbook.cli.host.Maven;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;

/** All tests of all modules but the lessons, which the proof judges, and the check of the format: one Maven build. */
public final class ProjectTests {

    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building (.+?) \\S+ +\\[(\\d+)/(\\d+)]");

    private final Workspace workspace;
    private final Path folder;
    private final Terminal terminal;

    /**
     * The tests.
     *
     * @param folder takes the build's whole output
     */
    public ProjectTests(Workspace workspace, Path folder, Terminal terminal) {
        this.workspace = workspace;
        this.folder = folder;
        this.terminal = terminal;
    }

    /**
     * Runs them, and prints each module as it comes, and all errors.
     *
     * @param properties for the judge
     */
    public boolean green(Map<String, String> properties) {
        terminal.line(terminal.bold("All tests of the workbook itself"));
        Maven maven = Maven.of(workspace.root());
        List<String> arguments = new ArrayList<>(List.of("verify", "-Psolutions", "-Dlessons.provenApart"));
        properties.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        Command.Result result = maven.run(workspace.root(), arguments, this::progress);
        Path log = folder.resolve("maven.txt");
        try {
            Files.write(log, result.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!result.succeeded()) {
            ofLastModule(result.lines()).forEach(terminal::line);
            terminal.line(terminal.red("The build failed.") + " Its whole output: " + workspace.display(log));
        }
        return result.succeeded();
    }

    /** What the failed module printed: the tests' own words, and Maven's errors. */
    private static List<String> ofLastModule(List<String> lines) {
        int start = 0;
        for (int i = 0; i < lines.size(); i++) {
            start = MODULE.matcher(lines.get(i)).find() ? i + 1 : start;
        }
        return lines.subList(start, lines.size()).stream()
                .filter(line -> !line.startsWith("[INFO]"))
                .toList();
    }

    private void progress(String line) {
        Matcher module = MODULE.matcher(line);
        if (module.find()) {
            terminal.line("[%s/%s] %s".formatted(module.group(2), module.group(3), module.group(1)));
        }
    }
}
