package mqworkbook.workbench.run;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run of a lesson's tests against one answer.
 *
 * @param name for messages, and the name of nothing else
 * @param classPath class folders of the answer, the given code and the tests, in this order
 * @param tests the class folder in which to look for tests; one of the class path
 * @param tags only tests with one of these tags; empty for all
 * @param only the tests to run, by {@link TestOutcome#id()}; empty for all
 * @param parameters configuration parameters of the test platform: {@code steps}, {@code from}, {@code upto}, {@code first}
 * @param properties system properties during the run
 * @param console the file that takes what the run prints; null for the process's own output
 * @param telling whether {@link RunResult#uses()} is wanted
 */
public record RunRequest(
        String name,
        List<File> classPath,
        File tests,
        List<String> tags,
        Set<String> only,
        Map<String, String> parameters,
        Map<String, String> properties,
        File console,
        boolean telling)
        implements JudgeRequest {

    public RunRequest {
        classPath = List.copyOf(classPath);
        tags = List.copyOf(tags);
        only = Set.copyOf(only);
        parameters = Map.copyOf(parameters);
        properties = Map.copyOf(properties);
    }

    /** The same run, in which the answer's methods tell that they are used. */
    public RunRequest thatTells() {
        return new RunRequest(name, classPath, tests, tags, only, parameters, properties, console, true);
    }

    /** The same run, with these system properties. */
    public RunRequest with(Map<String, String> others) {
        return new RunRequest(name, classPath, tests, tags, only, parameters, others, console, telling);
    }

    /** The same run, of these tests alone. */
    public RunRequest of(Set<String> tests) {
        return new RunRequest(name, classPath, this.tests, tags, tests, parameters, properties, console, telling);
    }

    /** The file that takes the history of a failed run: {@code NAME.history.txt} beside {@code NAME.txt}. */
    public static Path historyOf(Path console) {
        String name = console.getFileName().toString();
        return console.resolveSibling(name.replaceFirst("\\.txt$", "") + ".history.txt");
    }
}
