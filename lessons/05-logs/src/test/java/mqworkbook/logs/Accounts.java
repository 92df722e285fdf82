package mqworkbook.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mqworkbook.logs.Site.Placed;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.Tally;
import mqworkbook.workbench.judge.Wrong;

/** Holds what a collector says of its lines against the log. To be asked when no line is on its way any more. */
final class Accounts {

    private final Site site;
    private final Collector collector;

    Accounts(Site site, Collector collector) {
        this.site = site;
        this.collector = collector;
    }

    /** Every line at most once, in order for each application, with it as key; and the counts are those of the log. */
    void check() {
        List<Placed> log = site.log();
        Set<LogLine> seen = checkOnce(log);
        checkOrder(log);
        for (Level level : Level.values()) {
            checkCounts(level, seen);
        }
    }

    /** No line is in the log twice. */
    void checkOnce() {
        checkOnce(site.log());
    }

    private static Set<LogLine> checkOnce(List<Placed> log) {
        Map<LogLine, Placed> seen = new HashMap<>();
        for (Placed placed : log) {
            Placed before = seen.put(placed.line(), placed);
            if (before != null) {
                throw Wrong.that("A line is in the log twice")
                        .seen(Lines.name(placed.line()) + " was logged once, and is at offsets " + before.offset()
                                + " and " + placed.offset() + " of partition " + placed.partition())
                        .means("The search finds it twice, and two errors of three make an alert.")
                        .suspect("the client's own repetition without enable.idempotence; or the collector sends again"
                                + " what the client has given up on, though it may be in the log");
            }
            if (!placed.key().equals(placed.line().app())) {
                throw Wrong.that("A line does not have its application as key")
                        .seen(Lines.name(placed.line()) + " has the key \"" + placed.key() + "\"")
                        .means("Lines of one application go to several partitions, and nobody keeps their order.")
                        .suspect("no key, or a random one, \"to spread the load\"");
            }
        }
        return seen.keySet();
    }

    private void checkOrder(List<Placed> log) {
        Map<String, List<LogLine>> logged = new LinkedHashMap<>();
        collector
                .logged()
                .forEach(line -> logged.computeIfAbsent(line.app(), absent -> new ArrayList<>())
                        .add(line));
        logged.forEach((app, lines) -> {
            List<LogLine> inLog = log.stream()
                    .map(Placed::line)
                    .filter(line -> line.app().equals(app))
                    .toList();
            int at = -1;
            for (int i = 0; i < inLog.size(); i++) {
                int next = lines.indexOf(inLog.get(i));
                if (next < at) {
                    throw Wrong.that("Lines of one application have changed places")
                            .seen(Lines.name(lines.get(next)) + " was logged before " + Lines.name(lines.get(at))
                                    + ", and is behind it in the log")
                            .means("The cause is in the log after its consequences.")
                            .suspect("several threads that send, more than one partition for an application, or"
                                    + " repetitions without enable.idempotence");
                }
                at = next;
            }
        });
    }

    private void checkCounts(Level level, Set<LogLine> log) {
        Tally counts = collector.counts(level);
        List<LogLine> logged = collector.logged(level);
        List<LogLine> missing = new ArrayList<>(logged);
        missing.removeAll(new HashSet<>(log));
        long inLog = logged.size() - missing.size();
        String seen = level + ": " + counts + "; of " + logged.size() + " lines " + inLog + " are in the log, "
                + missing.size() + " are not: " + Lines.names(missing);
        if (inLog < counts.delivered()) {
            throw Wrong.that("Lines are counted as delivered, and are not in the log")
                    .seen(seen)
                    .means("The counts say that all is well, and the lines of the outage are missing.")
                    .suspect("counted when send() returns, or by a callback that does not look at the exception");
        }
        if (inLog > counts.delivered() + counts.unknown()) {
            throw Wrong.that("Lines are counted as dropped, and are in the log")
                    .seen(seen)
                    .means("\"We have lost them\", says the report; and the alert of the night came from them.")
                    .suspect("what the client has given up on was counted as dropped: no answer is not a no; or a count"
                            + " for each attempt and not for each line");
        }
    }
}
