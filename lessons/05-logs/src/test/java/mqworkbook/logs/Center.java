package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.LogLine;
import mqworkbook.logs.line.LogSearch;
import mqworkbook.workbench.judge.Closing;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;

/** The log with its consumers: machines with indexers and alerts that come and go, the index's disk, and the pager. */
final class Center implements AutoCloseable {

    static final int THRESHOLD = 3;
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final Duration LATENESS = Duration.ofSeconds(30);

    private final Site site;
    private final Disk disk = new Disk();
    private final IndexWatch watch;
    private final TestPager pager = new TestPager();
    private final Map<AutoCloseable, Machine> living = new LinkedHashMap<>();
    private volatile int patience = 1;

    Center(KafkaFixture kafka, int partitions) {
        this.site = new Site(kafka, partitions);
        this.watch = new IndexWatch(site, disk);
    }

    Site site() {
        return site;
    }

    Disk disk() {
        return disk;
    }

    TestPager pager() {
        return pager;
    }

    /** A machine for a member of this group. */
    Machine machine(String name, String group) {
        return new Machine(name, site.kafka().client(name), () -> evict(group, Machine.clientId(name)));
    }

    private void evict(String group, String clientId) {
        patience = Math.max(patience, 2);
        try {
            site.kafka().topics().evict(group);
            // A request that it had on its way may have made it a member again.
            for (int look = 0; look < 3 && site.kafka().topics().isMember(group, clientId); look++) {
                site.kafka().topics().evict(group);
            }
        } catch (IllegalStateException groupIsChanging) {
            // Its session will be over soon in any case.
        }
    }

    /** An indexer on a machine of its own, that works. */
    LogIndexer index(String name) {
        return index(machine(name, site.topics().indexGroup()));
    }

    LogIndexer index(Machine machine) {
        LogIndexer indexer =
                new LogIndexer(machine.name(), machine.consumerSettings(), site.topics(), disk.seenBy(machine));
        keep(indexer, machine);
        indexer.start();
        return indexer;
    }

    /** Alerts on a machine of their own. */
    ErrorAlerts alerts(String name) {
        return alerts(machine(name, site.topics().alertGroup()));
    }

    ErrorAlerts alerts(Machine machine) {
        ErrorAlerts alerts = new ErrorAlerts(
                machine.name(),
                machine.consumerSettings(),
                site.topics(),
                pager.seenBy(machine),
                () -> new ErrorWindows(THRESHOLD, WINDOW, LATENESS));
        keep(alerts, machine);
        alerts.start();
        return alerts;
    }

    /** Waits until an alert is raised. */
    void expectRaised(Alert alert, String why) {
        Eventually.within(soon())
                .until(alert.key() + " is raised", () -> pager.isRaised(alert))
                .orElse(() -> notRaised(alert, why));
    }

    Wrong notRaised(Alert alert, String why) {
        String group = site.topics().alertGroup();
        return Wrong.that("An alert is due, and nobody is woken")
                .seen(alert.app() + ": " + why + "; after " + soon().toSeconds() + " s "
                        + (pager.raised(alert.app()).isEmpty() ? "nothing" : pager.raised(alert.app()))
                        + " was raised; the group " + site.name(group) + " has "
                        + site.kafka().topics().members(group) + " members, and has committed "
                        + site.committed(group))
                .means("The shop refuses cards since three o'clock, and everybody sleeps.")
                .suspect("what was counted is in memory only, and its lines are committed; a group that is shared with"
                        + " the index; or an alert that was due while the pager was away");
    }

    /** The broker stops and starts; whoever was connected finds back by itself. */
    void restartBroker() {
        patience = 4;
        site.kafka().restartBroker();
    }

    /** A dead member that its group was not told of is missed after its session; a broker that comes back has its own pace. */
    private Duration soon() {
        return Site.SOON.multipliedBy(patience);
    }

    private synchronized void keep(AutoCloseable one, Machine machine) {
        living.put(one, machine);
    }

    private synchronized Map<AutoCloseable, Machine> living() {
        return new LinkedHashMap<>(living);
    }

    /** Stops a consumer in good order; it must come to an end. */
    void expectClosed(AutoCloseable consumer) {
        Thread closing = new Thread(() -> Closing.quietly(consumer), "closing");
        closing.setDaemon(true);
        closing.start();
        Eventually.within(Site.SOON)
                .until("the consumer is closed", () -> !closing.isAlive())
                .orElse(() -> Wrong.that("A consumer that is closed does not come to an end")
                        .seen("close() has called wakeup(), and waits for run() to return; " + Site.SOON.toSeconds()
                                + " s")
                        .means("Each deploy waits for its grace period, and is killed.")
                        .suspect("WakeupException is caught inside the loop, and the loop goes on; or closing is never"
                                + " looked at"));
        synchronized (this) {
            living.remove(consumer);
        }
    }

    /** Waits until the index holds these lines: each once, in order for each application. */
    void expectIndexed(List<LogLine> lines) {
        Map<String, List<LogLine>> apps = new LinkedHashMap<>();
        lines.forEach(line ->
                apps.computeIfAbsent(line.app(), absent -> new ArrayList<>()).add(line));
        apps.forEach((app, expected) -> {
            Eventually.within(soon())
                    .until(app + " is indexed", () -> disk.lines(app).size() >= expected.size())
                    .orElse(() -> notIndexed(app, expected));
            checkIndexed(app, expected);
        });
    }

    /** Looks whether the index holds exactly these lines of an application. */
    void checkIndexed(String app, List<LogLine> expected) {
        List<LogLine> found = disk.lines(app).stream().map(LogSearch.Hit::line).toList();
        if (found.equals(expected)) {
            return;
        }
        List<LogLine> more = new ArrayList<>(found);
        expected.forEach(more::remove);
        if (!more.isEmpty()) {
            throw Wrong.that("A line is in the index twice")
                    .seen(app + " has " + expected.size() + " lines in the log and " + found.size()
                            + " in the index; too many: " + Lines.names(more) + "; ids "
                            + ids(app, more.get(0)))
                    .means("Each restart of the indexer doubles a part of the search results.")
                    .suspect("addDocument in place of updateDocument, or an id that is made anew for each delivery");
        }
        throw notIndexed(app, expected);
    }

    private String ids(String app, LogLine line) {
        return disk.lines(app).stream()
                .filter(hit -> hit.line().equals(line))
                .map(LogSearch.Hit::id)
                .collect(Collectors.joining(" and "));
    }

    private Wrong notIndexed(String app, List<LogLine> expected) {
        List<LogLine> missing = new ArrayList<>(expected);
        disk.lines(app).forEach(hit -> missing.remove(hit.line()));
        return Wrong.that("A line is in the log, and not in the index")
                .seen(app + " has " + expected.size() + " lines in the log and "
                        + disk.lines(app).size() + " in the index; missing: " + Lines.names(missing) + "; "
                        + place())
                .means("Somebody looks for the error of last night, and the search says that there was none.")
                .suspect(
                        "two lines with one id, in two partitions or because they are alike; a group that begins at the"
                                + " end; lines that wait for a full batch; an index that was never committed; or an indexer that"
                                + " has ended");
    }

    private String place() {
        String group = site.topics().indexGroup();
        return "committed is " + site.committed(group) + ", the log ends at "
                + site.ends() + ", the group has "
                + site.kafka().topics().members(group) + " members";
    }

    /** Waits until the index's group has committed everything that is in the log. */
    void expectIndexCommitted() {
        String group = site.topics().indexGroup();
        Eventually.within(soon())
                .until("everything is committed", () -> site.isAllCommitted(group))
                .orElse(() -> Wrong.that("What is in the index is not committed to its group")
                        .seen(place())
                        .means("After each restart all of it is indexed again; and the lag says that the index stands"
                                + " still.")
                        .suspect("the record's own offset in place of the next, no commit at all, or another group"));
    }

    /** Watches that nothing is committed which is not in the index, by the Admin API. */
    void expectNothingMissingCommitted(Duration during, String why) {
        String group = site.topics().indexGroup();
        Eventually.never(
                "no commit before the index", during, () -> !missing(group).isEmpty(), () -> {
                    Map.Entry<Integer, List<String>> first =
                            missing(group).entrySet().iterator().next();
                    return IndexWatch.passes(
                            first.getKey(),
                            site.committed(group, first.getKey()),
                            "the group (" + why + ")",
                            first.getValue());
                });
    }

    private Map<Integer, List<String>> missing(String group) {
        Map<Integer, List<String>> missing = new LinkedHashMap<>();
        site.kafka().topics().committed(group).forEach((partition, offset) -> {
            List<String> lines = watch.missing(partition.partition(), offset);
            if (!lines.isEmpty()) {
                missing.put(partition.partition(), lines);
            }
        });
        return missing;
    }

    /** Waits until a machine has come to the point at which it was to die. */
    void expectDead(Machine machine, String point) {
        expectDead(
                machine,
                () -> Wrong.that("A consumer never comes to where it should be")
                        .seen(machine.name() + " was to die " + point + ", and never came there; " + place())
                        .suspect("a group that begins at the end of the log, an index that is never committed, or a"
                                + " consumer that has ended"));
    }

    void expectDead(Machine machine, Supplier<Wrong> otherwise) {
        Eventually.within(soon())
                .until(machine.name() + " dies", machine::isDead)
                .orElse(otherwise);
    }

    /** Ends whatever still lives; the dead end by themselves. Nothing that goes wrong here is of interest any more. */
    @Override
    public void close() {
        disk.goOn();
        pager.goOn();
        List<Thread> closing = new ArrayList<>();
        living().forEach((one, machine) -> {
            Thread thread = Closing.behind("closing", one);
            if (!machine.isDead()) {
                closing.add(thread);
            }
        });
        Closing.await(closing, Duration.ofSeconds(2));
    }
}
