package mqworkbook.logs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step4Alert {

    private static final Duration WINDOW = Center.WINDOW;
    private static final long START = Lines.TODAY;

    private Center center;
    private Site site;
    private String app;

    @AfterEach
    void close() {
        if (center != null) {
            center.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("the error that makes the threshold full is the alert, once, for each application")
    void threshold() {
        WindowsModel model = new WindowsModel(3, WINDOW, Center.LATENESS);
        expect(model.add(0, error("A-1", 0)), null);
        expect(model.add(1, error("A-1", 10)), null);
        model.add(2, Lines.line("A-1", Level.WARN, START + 11_000));
        expect(model.add(3, error("A-2", 12)), null);
        expect(model.add(4, error("A-1", 59)), new Alert("A-1", START));
        expect(model.add(5, error("A-1", 59)), null);
        expect(model.add(6, error("A-1", 60)), null);
        expect(model.add(7, error("A-1", 61)), null);
        expect(model.add(8, error("A-1", 62)), new Alert("A-1", START + WINDOW.toMillis()));
    }

    @Test
    @Order(2)
    @DisplayName("a line counts in the window of its own time, also when it comes late")
    void late() {
        WindowsModel model = new WindowsModel(3, WINDOW, Center.LATENESS);
        model.add(0, error("A-1", 50));
        model.add(1, error("A-1", 65));
        model.add(2, error("A-1", 55));
        model.add(3, error("A-1", 89));
        expect(model.add(4, error("A-1", 59)), new Alert("A-1", START));
        expect(model.add(5, error("A-1", 88)), new Alert("A-1", START + WINDOW.toMillis()));
    }

    @Test
    @Order(3)
    @DisplayName("a successor reads from the first error that still counts, and knows what was known")
    void successor() {
        WindowsModel model = new WindowsModel(3, WINDOW, Center.LATENESS);
        model.restart();
        model.add(10, error("A-1", 1));
        model.add(11, error("A-2", 2));
        model.add(12, error("A-1", 3));
        model.restart();
        model.redeliver(2);
        expect(model.add(13, error("A-1", 4)), new Alert("A-1", START));
        model.restart();
        model.add(14, error("A-2", 600));
        model.restart();
    }

    @TestFactory
    @Order(4)
    @DisplayName("for any lines of a partition")
    Stream<DynamicTest> windows() {
        return StepProperties.of(WindowsProperties.class);
    }

    @Test
    @Order(5)
    @DisplayName("an application that logs three errors within a minute wakes somebody, once")
    void raised(KafkaFixture kafka) {
        open(kafka);
        publish(error(app, 1), error(app, 20));
        center.alerts("alerts 1");
        site.publish("A-1", "wake up, please".getBytes(StandardCharsets.UTF_8));
        publish(error(app, 40));
        Alert alert = new Alert(app, START);
        center.expectRaised(alert, "three errors within a minute, two of them before the alerts were started");
        String group = site.topics().alertGroup();
        if (site.kafka().topics().members(group) != 1) {
            throw Wrong.that("The alerts are not in the group that was agreed on")
                    .seen("one was started; the group " + site.name(group) + " has "
                            + site.kafka().topics().members(group) + " members, the group "
                            + site.name(site.topics().indexGroup()) + " has "
                            + site.kafka().topics().members(site.topics().indexGroup()))
                    .means("Who shares a group shares the lines: the index gets half of them, and the alerts the rest.")
                    .suspect("one group for the index and the alerts, or a group id of its own for each start");
        }
        publish(error(app, 41), error(app, 42));
        expectRead();
        if (center.pager().calls(alert).size() != 1) {
            throw Wrong.that("The same alert is raised again and again")
                    .seen("five errors in one window, the threshold is three; " + alert.key() + " was raised by "
                            + center.pager().calls(alert))
                    .means("A thousand errors a second are a thousand calls of the pager a second.");
        }
    }

    @Test
    @Order(6)
    @DisplayName("alerts do not wait for an index that stands still, and each group has every line")
    void indexStuck(KafkaFixture kafka) {
        open(kafka);
        center.disk().hold();
        List<LogLine> lines = errors(3);
        publish(lines);
        center.index("indexer 1");
        center.alerts("alerts 1");
        center.expectRaised(new Alert(app, START), "three errors within a minute; the index's disk does not answer");
        center.disk().goOn();
        center.expectIndexed(lines);
        center.expectIndexCommitted();
    }

    @Test
    @Order(7)
    @DisplayName("the index does not wait for a pager that stands still")
    void pagerStuck(KafkaFixture kafka) {
        open(kafka);
        center.pager().hold();
        List<LogLine> lines = errors(3);
        publish(lines);
        center.alerts("alerts 1");
        center.index("indexer 1");
        center.expectIndexed(lines);
        center.expectIndexCommitted();
        center.pager().goOn();
        center.expectRaised(new Alert(app, START), "three errors within a minute; the pager was slow");
    }

    @Test
    @Order(8)
    @DisplayName("what was counted before a restart counts after it")
    void restart(KafkaFixture kafka) {
        open(kafka);
        ErrorAlerts first = center.alerts("alerts 1");
        publish(error(app, 1), error(app, 20));
        expectRead();
        center.expectClosed(first);
        center.alerts("alerts 2");
        publish(error(app, 40));
        center.expectRaised(
                new Alert(app, START), "three errors within a minute; a restart, in good order, after the second");
    }

    @Test
    @Order(9)
    @Tag("fault")
    @DisplayName("what was counted before a crash counts after it, and an alert that was raised is not due again")
    void crash(KafkaFixture kafka) {
        open(kafka);
        Machine first = center.machine("alerts 1", site.topics().alertGroup());
        center.alerts(first);
        publish(error(app, 1), error(app, 20));
        expectRead();
        first.die();
        Machine second = center.machine("alerts 2", site.topics().alertGroup())
                .dyingAt(point -> point.startsWith("before " + app));
        center.alerts(second);
        publish(error(app, 40));
        Alert alert = new Alert(app, START);
        center.expectDead(second, () -> center.notRaised(alert, "three errors, a crash after the second"));
        Machine third = center.machine("alerts 3", site.topics().alertGroup())
                .dyingAt(point -> point.startsWith("after " + app));
        center.alerts(third);
        center.expectDead(
                third,
                () -> center.notRaised(alert, "three errors, a crash after the second, another before the alert"));
        center.expectRaised(alert, "three errors within a minute, and two crashes");
        center.alerts("alerts 4");
        expectRead();
        expectOnly(alert);
    }

    @Test
    @Order(10)
    @Tag("fault")
    @DisplayName("an alert that is due while the pager is away is raised when it is back")
    void pagerAway(KafkaFixture kafka) {
        open(kafka);
        center.pager().fail(2);
        publish(errors(3));
        center.alerts("alerts 1");
        center.expectRaised(new Alert(app, START), "three errors within a minute; the pager's network was away twice");
        expectRead();
        expectOnly(new Alert(app, START));
    }

    @Test
    @Order(11)
    @DisplayName("a partition that goes to another member and comes back is not counted twice")
    void rebalance(KafkaFixture kafka) {
        open(kafka);
        center.alerts("alerts 1");
        publish(error(app, 1), error(app, 20));
        expectRead();
        // Before the other by name, so that the first partition goes to it.
        ErrorAlerts second = center.alerts("alerts 0");
        Eventually.within(Site.SOON)
                .until(
                        "two members",
                        () -> site.kafka().topics().members(site.topics().alertGroup()) == 2)
                .orElse(() -> Wrong.that("The alerts are not in the group that was agreed on")
                        .seen("two were started; the group "
                                + site.name(site.topics().alertGroup()) + " has "
                                + site.kafka().topics().members(site.topics().alertGroup()) + " members"));
        expectRead();
        center.expectClosed(second);
        expectRead();
        expectOnly();
        publish(error(app, 40));
        center.expectRaised(
                new Alert(app, START), "three errors within a minute; its partition changed hands after the second");
    }

    @Test
    @Order(12)
    @DisplayName("what is over is committed, so that the group does not lag for ever")
    void commits(KafkaFixture kafka) {
        open(kafka);
        publish(errors(2));
        LogLine later = Lines.line(app, Level.INFO, START + 10 * WINDOW.toMillis());
        long offset = site.publish(later).offset();
        center.alerts("alerts 1");
        Eventually.within(Site.SOON)
                .until(
                        "what is over is committed",
                        () -> site.committed(site.topics().alertGroup(), 0) >= offset)
                .orElse(() -> Wrong.that("The alerts' group never commits what is over")
                        .seen("two errors at offsets 0 and 1, then a line ten minutes later at offset " + offset
                                + "; committed is "
                                + site.committed(site.topics().alertGroup(), 0))
                        .means("Each restart reads the whole log, and nobody sees whether the alerts are on time.")
                        .suspect("nothing is ever committed, or only when a new window begins with an error"));
    }

    @TestFactory
    @Order(13)
    @Tag("live")
    @DisplayName("for any lines and any restarts")
    Stream<DynamicTest> properties() {
        return StepProperties.of(AlertProperties.class);
    }

    @Test
    @Order(14)
    @Tag("fault")
    @TimeLimit(90)
    @DisplayName("all together, and the broker restarts: every line is in the index once, and somebody is woken")
    void brokerRestarts(KafkaFixture kafka) {
        assumeTrue(
                kafka.broker().capabilities().restartable(),
                () -> kafka.broker().capabilities().whyNotRestartable());
        open(kafka);
        center.index("indexer 1");
        center.alerts("alerts 1");
        // On a busy machine the broker may be away for long, and no line is to be given up.
        try (Collector collector =
                new Collector(kafka.client("collector").settings(), site.topics(), 1_000, Duration.ofMinutes(2))) {
            collector.log(errors(2));
            center.expectIndexed(collector.logged());
            collector.log(Lines.lines(app, Level.INFO, 20));
            center.restartBroker();
            collector.log(Lines.lines(app, Level.INFO, 20));
            collector.log(List.of(error(app, 40)));
            collector.expectSettled(Collector.SETTLED.multipliedBy(3));
            new Accounts(site, collector).check();
            if (collector.counts().delivered() != collector.logged().size()) {
                throw Wrong.that("Lines did not arrive, and there was time and room for all")
                        .seen("the broker was restarted; " + collector.counts());
            }
            center.expectIndexed(collector.logged());
            center.expectRaised(new Alert(app, START), "three errors within a minute; the broker was restarted");
            expectOnly(new Alert(app, START));
        }
    }

    private void open(KafkaFixture kafka) {
        center = new Center(kafka, 2);
        site = center.site();
        app = site.appIn(0);
    }

    private static LogLine error(String app, int seconds) {
        return Lines.line(app, Level.ERROR, START + seconds * 1_000L);
    }

    private List<LogLine> errors(int count) {
        List<LogLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(error(app, i));
        }
        return lines;
    }

    private void publish(LogLine... lines) {
        publish(List.of(lines));
    }

    private void publish(List<LogLine> lines) {
        site.publishAll(lines);
    }

    /** Waits until all lines of the application's partition were read: those of another one, behind them, are an alert. */
    private void expectRead() {
        String marker = site.appIn(0);
        publish(error(marker, 45), error(marker, 45), error(marker, 45));
        center.expectRaised(new Alert(marker, START), "three errors within a second, behind all others");
    }

    private static void expect(Optional<Alert> alert, Alert expected) {
        if (!alert.equals(Optional.ofNullable(expected))) {
            throw Wrong.that("The alert does not come with the line that makes the threshold full")
                    .seen("add() returned " + alert + ", and must return " + Optional.ofNullable(expected));
        }
    }

    /** No other alert of the application was raised than these. */
    private void expectOnly(Alert... alerts) {
        List<Alert> raised = center.pager().raised(app);
        if (!new HashSet<>(raised).equals(new HashSet<>(List.of(alerts)))) {
            throw Wrong.that("An alert was raised without reason")
                    .seen(app + ": raised " + raised + ", due " + List.of(alerts))
                    .means("Who is woken for nothing three times does not get up the fourth time.")
                    .suspect("a partition that comes back is read from the committed offset on, and what was counted"
                            + " before counts twice; or a key that differs with each attempt");
        }
    }
}
