package mqworkbook.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;

/** Lines and applications that nobody has seen before. */
final class Lines {

    /** A Sunday in November, in the afternoon; a multiple of every window that tests use. */
    static final long TODAY = 1_764_518_400_000L;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private Lines() {}

    static String app() {
        return "A-" + NUMBERS.incrementAndGet();
    }

    static LogLine line(String app, Level level) {
        return line(app, level, TODAY);
    }

    static LogLine line(String app, Level level, long time) {
        int number = NUMBERS.incrementAndGet();
        return new LogLine(app, level, time, "L-" + number + " payment of order 7 took " + number % 90 + " ms");
    }

    static List<LogLine> lines(String app, Level level, int count) {
        List<LogLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line(app, level));
        }
        return lines;
    }

    /** {@code ERROR L-17 of A-3}. */
    static String name(LogLine line) {
        return line.level() + " " + line.text().split(" ", 2)[0] + " of " + line.app();
    }

    /** A few of them by name. */
    static String names(List<LogLine> lines) {
        String some = String.join(", ", lines.stream().limit(8).map(Lines::name).toList());
        return lines.size() > 8 ? some + ", ... (" + lines.size() + ")" : lines.isEmpty() ? "none" : some;
    }
}
