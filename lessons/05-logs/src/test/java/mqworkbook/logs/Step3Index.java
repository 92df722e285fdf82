package mqworkbook.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step3Index {

    private Center center;
    private Site site;
    private String one;
    private String other;

    @BeforeEach
    void open(KafkaFixture kafka) {
        center = new Center(kafka, 2);
        site = center.site();
        one = site.appIn(0);
        other = site.appIn(1);
    }

    @AfterEach
    void close() {
        center.close();
    }

    @Test
    @Order(1)
    @DisplayName("every line is in the index, in order for each application, also a single one, and one of before")
    void indexed() {
        List<LogLine> lines = publish(20);
        center.index("indexer 1");
        center.expectIndexed(lines);
        LogLine alone = Lines.line(one, Level.ERROR);
        site.publish(alone);
        lines.add(alone);
        center.expectIndexed(lines);
        center.expectIndexCommitted();
    }

    @Test
    @Order(2)
    @DisplayName("nothing is committed to the group before the index is durable")
    void durableFirst() {
        center.disk().hold();
        List<LogLine> lines = publish(5);
        center.index("indexer 1");
        Eventually.within(Site.SOON)
                .until("the index commits", center.disk()::isWaitedFor)
                .orElse(() -> notCommitted(lines));
        center.expectNothingMissingCommitted(Site.QUIET, "the disk has not answered yet");
        center.disk().goOn();
        center.expectIndexed(lines);
        center.expectIndexCommitted();
    }

    @Test
    @Order(3)
    @DisplayName("what is delivered again is in the index once, and lines that are alike are two")
    void deliveredAgain() {
        List<LogLine> lines = publish(3);
        LogLine twin = Lines.line(other, Level.WARN);
        site.publish(twin);
        site.publish(twin);
        lines.addAll(List.of(twin, twin));
        LogIndexer first = center.index("indexer 1");
        center.expectIndexed(lines);
        center.expectIndexCommitted();
        center.expectClosed(first);
        expectLeft();
        site.setBack(site.topics().indexGroup());
        center.index("indexer 2");
        center.expectIndexCommitted();
        expectEach(lines);
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("an indexer that dies before or after a commit of the index leaves the rest to the next")
    void dies() {
        List<LogLine> lines = new ArrayList<>();
        for (String point : List.of(Disk.BEFORE_COMMIT, Disk.AFTER_COMMIT)) {
            Machine machine = center.machine(
                            "indexer, dies " + point, site.topics().indexGroup())
                    .dyingAt(point::equals);
            lines.addAll(publish(4));
            center.index(machine);
            center.expectDead(machine, point);
        }
        center.index("indexer, lives");
        center.expectIndexed(lines);
        center.expectIndexCommitted();
        expectEach(lines);
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("while the disk is full nothing is committed, and when there is room everything is indexed")
    void diskFull() {
        List<LogLine> lines = publish(3);
        center.index("indexer 1");
        center.expectIndexed(lines);
        center.disk().fail(2);
        lines.addAll(publish(3));
        Eventually.within(Site.SOON)
                .until("the index is tried again", () -> !center.disk().fails())
                .orElse(() -> Wrong.that("An index that has failed is not tried again")
                        .seen("the disk was full for two commits of the index; after " + Site.SOON.toSeconds()
                                + " s nobody has tried a third time")
                        .means("The disk was full for a minute in the night, and the index stands still since then.")
                        .suspect("the first exception ends the thread, or the writer that is closed by it is used"
                                + " further"));
        LogLine later = Lines.line(one, Level.INFO);
        site.publish(later);
        lines.add(later);
        center.expectIndexed(lines);
        center.expectIndexCommitted();
        expectEach(lines);
    }

    @Test
    @Order(6)
    @DisplayName("a record that is no line holds up nobody")
    void noLine() {
        List<LogLine> lines = publish(1);
        site.publish(one, "please index this".getBytes(StandardCharsets.UTF_8));
        site.publish(other, null);
        site.publish(one, "12 LOUD A-1 text".getBytes(StandardCharsets.UTF_8));
        lines.addAll(publish(1));
        center.index("indexer 1");
        center.expectIndexed(lines);
        center.expectIndexCommitted();
    }

    @TestFactory
    @Order(7)
    @Tag("live")
    @DisplayName("for any lines, crashes and repetitions")
    Stream<DynamicTest> properties() {
        return StepProperties.of(IndexProperties.class);
    }

    /** Lines of both applications, in both partitions. */
    private List<LogLine> publish(int each) {
        List<LogLine> lines = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            lines.add(Lines.line(one, Level.INFO));
            lines.add(Lines.line(other, Level.ERROR));
        }
        site.publishAll(lines);
        return lines;
    }

    private void expectEach(List<LogLine> lines) {
        for (String app : List.of(one, other)) {
            center.checkIndexed(
                    app, lines.stream().filter(line -> line.app().equals(app)).toList());
        }
    }

    private void expectLeft() {
        int members = site.kafka().topics().members(site.topics().indexGroup());
        if (members > 0) {
            throw Wrong.that("A closed indexer is still a member of its group")
                    .seen("close() has returned, and the group has " + members + " members")
                    .means("Its partitions belong to nobody until its session is over: 45 seconds with each deploy.")
                    .suspect("the consumer is never closed");
        }
    }

    private Wrong notCommitted(List<LogLine> lines) {
        return Wrong.that("The index is never committed")
                .seen(lines.size() + " lines are in the log; after " + Site.SOON.toSeconds()
                        + " s nobody has asked the disk to make them durable; the group has committed "
                        + site.committed(site.topics().indexGroup()))
                .means("The search finds nothing, and after a crash there is nothing to find.")
                .suspect("a group that begins at the end of the log, or an index that waits for more");
    }
}
