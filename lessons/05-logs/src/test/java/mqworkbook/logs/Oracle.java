package mqworkbook.logs;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;

/** Which alerts are due, by looking at all lines at once. */
final class Oracle {

    private Oracle() {}

    static Set<Alert> alerts(List<LogLine> lines, int threshold, Duration window) {
        Map<Alert, Integer> errors = new HashMap<>();
        for (LogLine line : lines) {
            if (line.level() == Level.ERROR) {
                errors.merge(windowOf(line, window), 1, Integer::sum);
            }
        }
        Set<Alert> due = new HashSet<>();
        errors.forEach((alert, count) -> {
            if (count >= threshold) {
                due.add(alert);
            }
        });
        return due;
    }

    /** The alert that errors of the line's window would be. */
    static Alert windowOf(LogLine line, Duration window) {
        return new Alert(line.app(), line.time() - Math.floorMod(line.time(), window.toMillis()));
    }
}
