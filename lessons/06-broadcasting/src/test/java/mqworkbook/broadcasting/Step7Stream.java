package mqworkbook.broadcasting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
@TimeLimit(20)
abstract class Step7Stream {

    private static final String NODE = "node-1";
    private static final Duration BLOCK = Duration.ofMillis(200);

    private Fleet fleet;
    private Registry registry;

    @BeforeEach
    void open(RedisFixture redis) {
        fleet = new Fleet(redis);
        registry = fleet.registry;
    }

    @Test
    @Order(1)
    @DisplayName("every node holds what was stored, and reads each change")
    void everyNode() {
        Change stored = registry.put(Fleet.key(), "on");
        List<String> names = List.of("node-1", "node-2");
        List<StreamNode> nodes = names.stream().map(this::started).toList();
        for (int i = 0; i < nodes.size(); i++) {
            if (!Fleet.holds(nodes.get(i).settings(), stored)) {
                throw Wrong.that("A node that starts late does not hold what was stored before")
                        .seen("start() has returned; " + names.get(i) + ": "
                                + Fleet.state(nodes.get(i).settings(), stored.key()));
            }
        }
        List<Supplier<Change>> changes = List.of(
                () -> registry.put(stored.key(), "off"),
                () -> registry.put(Fleet.key(), "new"),
                () -> registry.remove(stored.key()));
        for (Supplier<Change> making : changes) {
            Change change = making.get();
            for (int i = 0; i < nodes.size(); i++) {
                String name = names.get(i);
                LocalSettings settings = nodes.get(i).settings();
                fleet.await(
                        name,
                        name + " reads " + change.text(),
                        () -> settings.version(change.key()) >= change.version(),
                        () -> Wrong.that(name + " misses a change that is in the log")
                                .seen("appended " + change.text() + "; " + Fleet.state(settings, change.key()))
                                .means("The change reaches some nodes, and which ones is a matter of luck.")
                                .suspect(
                                        "one consumer group for all nodes: it gives each entry to one of them; or reading"
                                                + " from \"$\", which means: from now on"));
            }
        }
    }

    @Test
    @Order(2)
    @DisplayName("the store appends each change to the log under its version, and keeps about as many as it is told")
    void appended() {
        SettingsStore store = fleet.store("admin");
        String key = Fleet.key();
        Change put = store.put(Fleet.changeId(), key, "on");
        Change removal = store.remove(Fleet.changeId(), key);
        List<String> expected = List.of("1-0 " + put.text(), "2-0 " + removal.text());
        if (!registry.log().equals(expected)) {
            throw Wrong.that("The log does not hold the changes under their versions")
                    .seen("expected " + expected + ", found " + registry.log())
                    .means("A node cannot tell from a version where to go on reading.")
                    .suspect("ids made up by Redis (*), or an entry that is appended outside the script");
        }
        for (int i = 0; i < 4 * Fleet.LOG_LENGTH; i++) {
            store.put(Fleet.changeId(), key, "value " + i);
        }
        int length = registry.log().size();
        // "~" cuts whole nodes of the stream's tree off, of 100 entries each.
        if (length < Fleet.LOG_LENGTH || length > Fleet.LOG_LENGTH + 150) {
            throw Wrong.that("The log is not kept to its length")
                    .seen(4 * Fleet.LOG_LENGTH + " changes were made, and it is to keep about " + Fleet.LOG_LENGTH
                            + "; it holds " + length)
                    .means("It grows until Redis is out of memory; or it is too short for who is away for a moment.")
                    .suspect("no MAXLEN");
        }
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a change between the snapshot and the first read is read")
    void noGapAtStart() {
        gapBeforeRead(1, "after the snapshot and before the first read of the log had reached Redis");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("changes between two reads are read")
    void noGapBetweenReads() {
        gapBeforeRead(2, "between two reads of the log");
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a node that was away reads on where it was")
    void away() {
        Change first = registry.put(Fleet.key(), "on");
        StreamNode node = started(NODE);
        Rule cut = fleet.client(NODE)
                .relay()
                .on(Direction.TO_BROKER, Step7Stream::isRead)
                .cutAfter();
        Fleet.hit(cut, () -> Wrong.that("A node does not go on reading the log"));
        fleet.client(NODE).relay().refuse();
        List<Change> missed = new ArrayList<>();
        missed.add(registry.put(first.key(), "off"));
        missed.add(registry.put(Fleet.key(), "new"));
        fleet.client(NODE).relay().heal();
        missed.forEach(change -> expectHeld(
                node, change, "it was away when " + change.text() + " was appended, and can" + " connect again"));
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a node that was away for longer than the log reaches back reads the store again")
    void awayForLong() {
        Change first = registry.put(Fleet.key(), "on");
        StreamNode node = started(NODE);
        fleet.client(NODE).relay().refuse();
        Change cutOff = registry.put(first.key(), "off");
        registry.put(Fleet.key(), "in between");
        Change last = registry.put(Fleet.key(), "new");
        registry.trimLog(1);
        fleet.client(NODE).relay().heal();
        expectHeld(node, last, "it was away when " + last.text() + " was appended");
        fleet.expectHeld(
                NODE,
                node.settings(),
                cutOff,
                () -> Wrong.that("A node was away for longer than the log reaches back, and does not notice")
                        .seen(cutOff.text() + " was cut off the log while the node was away; it has read on with "
                                + last.text() + ", and " + Fleet.state(node.settings(), cutOff.key()))
                        .means(
                                "A log that is bounded forgets, too. After a long night this node goes by an old setting for good.")
                        .suspect("no look whether the entry that comes is the next one"));
    }

    @Test
    @Order(7)
    @DisplayName("an entry that is no change raises the alarm, and ends nothing")
    void malformedEntry() {
        registry.put(Fleet.key(), "on");
        StreamNode node = started(NODE);
        registry.appendScribble("on");
        Change next = registry.put(Fleet.key(), "on");
        expectHeld(node, next, "an entry came that is no change, and then " + next.text());
        fleet.await(
                NODE,
                "the alarm is raised",
                () -> !fleet.alarm.raised().isEmpty(),
                () -> Wrong.that("An entry that is no change is passed over in silence"));
    }

    @Test
    @Order(8)
    @DisplayName("a node that has left stays connected to nothing")
    void leaves() {
        registry.put(Fleet.key(), "on");
        StreamNode node = started(NODE);
        node.close();
        fleet.await(
                NODE,
                "node-1 is disconnected",
                () -> fleet.client(NODE).openConnections() == 0,
                () -> Wrong.that("A node has left, and is still connected to Redis")
                        .seen(fleet.client(NODE).openConnections() + " open connection(s) after close()")
                        .suspect("a read that blocks, and is not ended"));
    }

    private void gapBeforeRead(int read, String when) {
        Change first = registry.put(Fleet.key(), "on");
        StreamNode node = new StreamNode(fleet.client(NODE).lettuce(), fleet.names, BLOCK, fleet.alarm);
        Rule held = fleet.client(NODE)
                .relay()
                .on(Direction.TO_BROKER, Step7Stream::isRead)
                .nth(read)
                .stall();
        CompletableFuture<Void> starting = Fleet.beside(() -> {
            node.start();
            return null;
        });
        Fleet.hit(
                held,
                () -> Wrong.that("A node does not go on reading the log")
                        .seen("read number " + read + " did not come")
                        .suspect("a thread that ends after one read, or at a read that brings nothing"));
        Change meanwhile = registry.put(first.key(), "off");
        held.cancel();
        expectHeld(node, meanwhile, meanwhile.text() + " was appended " + when);
        fleet.await(NODE, "start() returns", starting::isDone, () -> Wrong.that("start() does not return"));
    }

    private static boolean isRead(WireMessage message) {
        return message.name().startsWith("xread") || message.is("xrange");
    }

    private StreamNode started(String name) {
        StreamNode node = new StreamNode(fleet.client(name).lettuce(), fleet.names, BLOCK, fleet.alarm);
        node.start();
        return node;
    }

    private void expectHeld(StreamNode node, Change change, String story) {
        fleet.expectHeld(
                NODE,
                node.settings(),
                change,
                () -> Wrong.that("A node misses a change that is in the log")
                        .seen(story + "; " + Fleet.state(node.settings(), change.key()))
                        .means("The log has everything, and this node goes by an old setting.")
                        .suspect(
                                "reading from \"$\", which means: from now on; or a loop that an exception has ended"));
    }
}
