package mqworkbook.cli.classroom;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.judge.report.Style;

/** The class as a table of 80 columns. */
public final class ClassTable {

    private static final int NAME = 18;
    private static final int LESSON = 15;
    private static final int STEPS = 9;
    private static final int AT = 9;
    private static final int RUNS = 4;
    private static final int AGE = 6;

    /** Who is stuck as long as that is marked. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Terminal terminal;
    private final Style style;

    public ClassTable(Terminal terminal) {
        this.terminal = terminal;
        Style system = Style.ofTerminal();
        this.style = new Style(system.symbols(), terminal.coloured(), system.width());
    }

    /** All of it: summary, head, learners, complaints. */
    public List<String> lines(Roster roster) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.bold(roster.summary()));
        if (!roster.seats().isEmpty()) {
            lines.add("");
            lines.add(terminal.faint(
                    row("Name", "Lesson", Columns.fit("Steps", STEPS), "At", "Runs", " Stuck", " Heard")));
            roster.seats().forEach(seat -> lines.add(row(seat)));
        }
        if (!roster.complaints().isEmpty()) {
            lines.add("");
            roster.complaints().forEach(complaint -> lines.add("  " + complaint));
        }
        return lines;
    }

    private String row(Seat seat) {
        LearnerProgress progress = seat.progress();
        String signs = progress.steps().stream()
                .limit(STEPS)
                .map(step -> style.sign(step.state()))
                .collect(Collectors.joining());
        String pad = " ".repeat(Math.max(0, STEPS - progress.steps().size()));
        String stuck = seat.stuck().map(Seat::said).orElse("");
        String line = row(
                progress.name(),
                progress.lesson(),
                signs + pad,
                seat.at(),
                progress.red().map(red -> String.valueOf(red.runs())).orElse(""),
                right(stuck, AGE),
                right(Seat.said(seat.heard()), AGE));
        return seat.stuck().filter(time -> time.compareTo(LONG) >= 0).isPresent() ? emphasised(line) : line;
    }

    /** The name alone: the signs have colours of their own. */
    private String emphasised(String line) {
        int end = line.indexOf("  ");
        return end < 0 ? line : terminal.red(line.substring(0, end)) + line.substring(end);
    }

    private static String row(
            String name, String lesson, String steps, String at, String runs, String stuck, String heard) {
        return String.join(
                        "  ",
                        Columns.fit(name, NAME),
                        Columns.fit(lesson, LESSON),
                        steps,
                        Columns.fit(at, AT),
                        right(runs, RUNS),
                        stuck,
                        heard)
                .stripTrailing();
    }

    private static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - text.length())) + text;
    }
}
