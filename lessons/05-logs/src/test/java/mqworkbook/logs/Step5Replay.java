package mqworkbook.logs;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
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
abstract class Step5Replay {

    private static final Duration LONGER_THAN_A_POLL = Duration.ofMillis(1_200);

    private Center center;
    private Site site;
    private String app;

    @BeforeEach
    void open(KafkaFixture kafka) {
        center = new Center(kafka, 2);
        site = center.site();
        app = site.appIn(0);
    }

    @AfterEach
    void close() {
        center.close();
    }

    @Test
    @Order(1)
    @DisplayName("a rebuild beside the indexer gives the same index, and the indexer notices nothing")
    void same() {
        List<LogLine> lines = publish(5);
        site.publish(app, "no line".getBytes(StandardCharsets.UTF_8));
        lines.addAll(publish(2));
        center.index("indexer 1");
        center.expectIndexed(lines);
        center.expectIndexCommitted();
        Set<String> members = members();
        Map<TopicPartition, Long> committed =
                site.kafka().topics().committed(site.topics().indexGroup());
        Rebuilding rebuilding = new Rebuilding(center).start().expectDone("7 lines of one application");
        rebuilding.expectSameAs(center.disk().lines());
        Rebuilding.expectUntouched(center, committed);
        if (!members().equals(members)) {
            throw Wrong.that("A rebuild takes part in the group of the index")
                    .seen("members before: " + members + ", after: " + members())
                    .means(
                            "The indexer loses its partitions to the rebuild, and the index that is in use stands still.")
                    .suspect("subscribe() with the group of the index, in place of assign() without a group");
        }
    }

    @Test
    @Order(2)
    @DisplayName("a rebuild while the indexer is away leaves the group where it was")
    void groupUntouched() {
        List<LogLine> lines = publish(3);
        LogIndexer indexer = center.index("indexer 1");
        center.expectIndexed(lines);
        center.expectIndexCommitted();
        center.expectClosed(indexer);
        Map<TopicPartition, Long> committed =
                site.kafka().topics().committed(site.topics().indexGroup());
        lines.addAll(publish(3));
        Rebuilding rebuilding = new Rebuilding(center).start().expectDone("6 lines of one application");
        Rebuilding.expectUntouched(center, committed);
        center.index("indexer 2");
        center.expectIndexed(lines);
        rebuilding.expectSameAs(center.disk().lines());
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a poll that brings nothing is not the end of the log")
    void slowBroker() {
        List<LogLine> lines = publish(5);
        Rule fetch = site.kafka()
                .client("rebuild")
                .relay()
                .on(Direction.TO_CLIENT, message -> message.is("Fetch"))
                .every()
                .stall();
        Rebuilding rebuilding = new Rebuilding(center).start();
        rebuilding.expectNotDone(LONGER_THAN_A_POLL, "5 lines are in the log, and the broker takes its time");
        fetch.cancel();
        rebuilding.expectDone("the broker answers again");
        if (rebuilding.lines().size() != lines.size()) {
            rebuilding.expectNotDone(Duration.ZERO, lines.size() + " lines are in the log");
        }
    }

    @Test
    @Order(4)
    @DisplayName("a rebuild ends where the log ended when it began, though lines come all the time")
    void underLoad() {
        publish(20);
        Rebuilding rebuilding = new Rebuilding(center).start();
        long giveUp = System.nanoTime() + Site.SOON.toNanos();
        while (!rebuilding.isDone() && System.nanoTime() < giveUp) {
            publish(1);
        }
        rebuilding.expectDone("20 lines were in the log, and a line comes every few milliseconds");
        if (rebuilding.lines().size() < 20) {
            throw Wrong.that("A rebuild has ended before the end of the log")
                    .seen("20 lines were there when it began; the new index has "
                            + rebuilding.lines().size());
        }
    }

    @Test
    @Order(5)
    @DisplayName("a log whose last offset is no line, and whose first is gone, is read from end to end")
    void oddEnds() {
        publish(4);
        List<LogLine> kept = publish(3);
        site.forget(0, 4);
        LogLine last = Lines.line(app, Level.ERROR);
        site.publishInTransaction(last);
        kept.add(last);
        center.index("indexer 1");
        center.expectIndexed(kept);
        Rebuilding rebuilding = new Rebuilding(center)
                .start()
                .expectDone("the first four lines are gone by retention; the last offset is the end of a transaction");
        rebuilding.expectSameAs(center.disk().lines());
    }

    @TestFactory
    @Order(6)
    @Tag("live")
    @DisplayName("for any log")
    Stream<DynamicTest> properties() {
        return StepProperties.of(ReplayProperties.class);
    }

    private List<LogLine> publish(int count) {
        List<LogLine> lines = new ArrayList<>(Lines.lines(app, Level.INFO, count));
        site.publishAll(lines);
        return lines;
    }

    private Set<String> members() {
        return site.kafka().topics().group(site.topics().indexGroup()).members().stream()
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
    }
}
