package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.judge.Wrong;

/** Windows of one partition next to the alerts that are due, with successors that read what they are told to read. */
final class WindowsModel {

    private final int threshold;
    private final Duration window;
    private final Duration lateness;
    private final TreeMap<Long, LogLine> log = new TreeMap<>();
    private final Set<Alert> raised = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private Set<Alert> raisedByThis = new HashSet<>();
    private ErrorWindows windows;
    private long newest = Long.MIN_VALUE;
    private boolean hasRead;
    /** From where the present one has read. */
    private long begin;

    WindowsModel(int threshold, Duration window, Duration lateness) {
        this.threshold = threshold;
        this.window = window;
        this.lateness = lateness;
        this.windows = new ErrorWindows(threshold, window, lateness);
    }

    /** The log's next line. */
    Optional<Alert> add(long offset, LogLine line) {
        log.put(offset, line);
        newest = Math.max(newest, line.time());
        Optional<Alert> alert = read(offset, line);
        check();
        return alert;
    }

    /** A successor that knows nothing takes over. */
    void restart() {
        long from = windows.replayFrom();
        told.add("restart from " + from);
        begin = from;
        windows = new ErrorWindows(threshold, window, lateness);
        raisedByThis = new HashSet<>();
        hasRead = false;
        Map.copyOf(log.tailMap(from)).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> read(each.getKey(), each.getValue()));
        check();
    }

    /** The last lines come again: to the same one. */
    void redeliver(int count) {
        List<Long> last = log.tailMap(begin, true).descendingKeySet().stream()
                .limit(count)
                .sorted()
                .toList();
        told.add("redelivered " + last);
        last.forEach(offset -> read(offset, log.get(offset)));
        check();
    }

    private Optional<Alert> read(long offset, LogLine line) {
        told.add(offset + ": " + line.app() + " " + line.level() + " at " + (line.time() - Lines.TODAY));
        hasRead = true;
        Optional<Alert> alert = windows.add(offset, line);
        alert.ifPresent(it -> {
            told.add("alert for the window from " + (it.from() - Lines.TODAY));
            raised.add(it);
            if (!raisedByThis.add(it)) {
                throw Wrong.that("The same alert is raised again and again")
                        .seen(story())
                        .means("A thousand errors a second are a thousand calls of the pager a second.")
                        .suspect("count >= threshold in place of ==, or a line that comes again counts again");
            }
        });
        return alert;
    }

    private void check() {
        Set<Alert> due = Oracle.alerts(List.copyOf(log.values()), threshold, window);
        Set<Alert> missing = new HashSet<>(due);
        missing.removeAll(raised);
        if (!missing.isEmpty()) {
            throw Wrong.that("An alert is missing")
                    .seen("missing: " + names(missing) + "; " + story())
                    .means("The shop refuses cards since three o'clock, and nobody is woken.")
                    .suspect(
                            "windows by the time of arrival, or by the order of lines; a window that is closed although"
                                    + " a line may still come; or a successor that does not know what was counted before");
        }
        Set<Alert> without = new HashSet<>(raised);
        without.removeAll(due);
        if (!without.isEmpty()) {
            throw Wrong.that("An alert was raised without reason")
                    .seen("not due: " + names(without) + "; " + story())
                    .means("Who is woken for nothing three times does not get up the fourth time.")
                    .suspect(
                            "other levels, other applications or another window are counted; or a line that comes again"
                                    + " counts again");
        }
        checkReplay();
    }

    private void checkReplay() {
        if (!hasRead) {
            return;
        }
        long from = windows.replayFrom();
        long next = log.isEmpty() ? 0 : log.lastKey() + 1;
        if (from > next) {
            throw Wrong.that("A successor would begin behind the end of the log")
                    .seen("replayFrom() is " + from + ", the next offset is " + next + "; " + story());
        }
        // With a window's length of grace, for whoever forgets a little later than could be.
        long over = newest - lateness.toMillis() - 2 * window.toMillis();
        long least = log.entrySet().stream()
                .filter(each -> Oracle.windowOf(each.getValue(), window).from() > over)
                .mapToLong(Map.Entry::getKey)
                .min()
                .orElse(next);
        if (from < least) {
            throw Wrong.that("A successor would read windows again that have long been over")
                    .seen("replayFrom() is " + from + "; no line below " + least + " is in a window that is not over; "
                            + story())
                    .means("The group is never further than its first error; a restart reads a week, and the lag is"
                            + " always red.")
                    .suspect("windows that are never forgotten: the memory grows with them");
        }
    }

    private String names(Set<Alert> alerts) {
        return alerts.stream()
                .map(alert -> alert.app() + " from " + (alert.from() - Lines.TODAY))
                .sorted()
                .toList()
                .toString();
    }

    private String story() {
        List<String> last = told.subList(Math.max(0, told.size() - 24), told.size());
        return threshold + " errors within " + window.toMillis() + " ms, lines at most " + lateness.toMillis()
                + " ms late: " + String.join(", ", last);
    }
}
