package mqworkbook.cli.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.proof.Format;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.RunRequest;
import mqworkbook.workbench.run.RunResult;

/** Runs one answer many times, and stops at the first run that is not green. */
public final class Soak {

    /** Nothing after the first failing test, so that the history is the one of that test. */
    private static final Map<String, String> PARAMETERS = Map.of("steps", "all", "first", "true");

    private final LessonBench bench;
    private final Judge judge;
    private final Path console;
    private final Terminal terminal;

    /**
     * A soak.
     *
     * @param console the file for what a run prints; after the soak it holds the last run, which is the failed one
     */
    public Soak(LessonBench bench, Judge judge, Path console, Terminal terminal) {
        this.bench = bench;
        this.judge = judge;
        this.console = console;
        this.terminal = terminal;
    }

    /**
     * Runs.
     *
     * @param tags only these tests; empty for all
     * @return whether all runs were green
     */
    public boolean run(LessonBench.Compiled answer, List<String> tags, int times) {
        List<Duration> durations = new ArrayList<>();
        for (int i = 1; i <= times; i++) {
            String number = "[%2d/%d] ".formatted(i, times);
            terminal.passing(number);
            RunRequest request = bench.request(answer, tags, PARAMETERS, console);
            RunResult result = judge.run(request, test -> terminal.passing(number + test.test()));
            durations.add(result.duration());
            if (!result.green()) {
                report(number, result);
                terminal.line("Runs: %d, %s".formatted(i, new Durations(durations).summary()));
                return false;
            }
            terminal.line("%s%s, %d tests (%s)"
                    .formatted(number, terminal.green("green"), result.passed(), Format.seconds(result.duration())));
        }
        terminal.line("Runs: %d, all green; %s".formatted(times, new Durations(durations).summary()));
        return true;
    }

    private void report(String number, RunResult result) {
        terminal.line(number + terminal.red("not green") + " (" + Format.seconds(result.duration()) + ")");
        if (!result.broken().isEmpty()) {
            terminal.line(result.broken());
        } else if (result.firstFailure().isEmpty()) {
            terminal.line("No test ran; do the tags exist in this lesson?");
        } else {
            terminal.line(result.problem());
        }
        terminal.line("Everything that this run printed: " + console);
        Path history = RunRequest.historyOf(console);
        if (Files.exists(history)) {
            terminal.line("What passed between clients and broker in the failed test: " + history);
        }
    }
}
