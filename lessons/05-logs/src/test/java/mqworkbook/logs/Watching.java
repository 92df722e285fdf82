package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import mqworkbook.logs.line.Lag;
import mqworkbook.logs.line.Level;
import mqworkbook.workbench.judge.Wrong;
import org.apache.kafka.clients.admin.Admin;

/** The learner's watch next to what it has to see. Groups commit what the test says; nobody is a member. */
final class Watching implements AutoCloseable {

    static final long LIMIT = 5;

    private final Site site;
    private final int partitions;
    private final TestAlarm alarm;
    private final Admin admin;
    private final LagWatch watch;
    private final List<String> groups;
    private final Map<Integer, Long> begins = new TreeMap<>();
    private final Map<Integer, Long> ends = new TreeMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final Map<String, Boolean> behind = new HashMap<>();

    Watching(Site site, int partitions) {
        this.site = site;
        this.partitions = partitions;
        this.groups = List.of(site.topics().indexGroup(), site.topics().alertGroup());
        this.alarm = new TestAlarm(site.topics().prefix());
        this.admin = Admin.create(site.kafka().client("operations").settings());
        this.watch = new LagWatch(admin, site.topics(), LIMIT, alarm);
        for (int partition = 0; partition < partitions; partition++) {
            begins.put(partition, 0L);
            ends.put(partition, 0L);
        }
    }

    /** The group's place in what is agreed on: 0 for the index, 1 for the alerts. */
    String group(int number) {
        return groups.get(number);
    }

    void publish(int partition, int count) {
        String app = site.appIn(partition);
        site.publishAll(Lines.lines(app, Level.INFO, count));
        ends.merge(partition, (long) count, Long::sum);
    }

    void commit(int group, int partition, long offset) {
        site.commit(group(group), partition, offset);
        committed.put(group(group) + "/" + partition, offset);
    }

    long end(int partition) {
        return ends.get(partition);
    }

    void forget(int partition, long below) {
        site.forget(partition, below);
        begins.put(partition, below);
    }

    private long lag(String group, int partition) {
        Long at = committed.get(group + "/" + partition);
        long next = Math.max(begins.get(partition), at == null ? 0 : at);
        return ends.get(partition) - next;
    }

    /** Asks for the lags of both groups. */
    void expectLags() {
        for (String group : groups) {
            Map<Integer, Long> expected = new TreeMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                expected.put(partition, lag(group, partition));
            }
            Map<Integer, Long> found = new TreeMap<>();
            for (Lag lag : lags(group)) {
                found.put(lag.partition(), lag.lines());
            }
            if (!found.equals(expected)) {
                throw Wrong.that("The lag of a group is not what it has still to read")
                        .seen(name(group) + " by partition: " + found + ", and must be " + expected
                                + "; committed " + committedOf(group) + ", the log begins at " + begins
                                + " and ends at "
                                + ends)
                        .means("The panel is green, and the index is a day behind; or it is red, and nobody looks at it"
                                + " any more.")
                        .suspect(
                                "only partitions with a commit are looked at; a group without a commit is taken for one"
                                        + " that has read everything; or lines count that retention has taken");
            }
        }
    }

    /** Lets the watch look, and compares what operations hear. */
    void expectCheck(String why) {
        List<String> expected = new ArrayList<>();
        for (String group : groups) {
            for (int partition = 0; partition < partitions; partition++) {
                String place = group + "/" + partition;
                long lag = lag(group, partition);
                boolean before = behind.getOrDefault(place, false);
                if (lag > LIMIT != before) {
                    expected.add((before ? "caught up " : "behind ") + name(group) + "/" + partition + ": " + lag);
                    behind.put(place, !before);
                }
            }
        }
        try {
            watch.check();
        } catch (ExecutionException e) {
            throw new IllegalStateException("check() could not ask the broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> told = alarm.news();
        List<String> sorted = expected.stream().sorted().toList();
        if (!told.equals(sorted)) {
            throw Wrong.that("The alarm does not tell what has changed")
                    .seen(why + "; operations heard " + told + ", and must hear " + sorted + "; limit " + LIMIT
                            + " lines in a partition")
                    .means("A partition stands still for a day and nobody knows; or the same is told every minute, and"
                            + " nobody listens.")
                    .suspect(
                            "a sum or a mean over partitions, told again with each look, only one group, or an alarm at"
                                    + " the limit and not above it");
        }
    }

    private List<Lag> lags(String group) {
        try {
            return watch.lags(group);
        } catch (ExecutionException e) {
            throw new IllegalStateException("lags() could not ask the broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking for lags", e);
        }
    }

    private String name(String group) {
        return group.substring(site.topics().prefix().length());
    }

    private Map<String, Long> committedOf(String group) {
        Map<String, Long> own = new TreeMap<>();
        committed.forEach((place, offset) -> {
            if (place.startsWith(group + "/")) {
                own.put(place.substring(group.length() + 1), offset);
            }
        });
        return own;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
