package mqworkbook.broadcasting;

import java.util.List;
import java.util.stream.Stream;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Fixtures.class)
@TimeLimit(20)
abstract class Step5Harm {

    private static final String NODE = "node-1";

    private Fleet fleet;
    private Registry registry;
    private ConfigNode node;

    @BeforeEach
    void open(RedisFixture redis) {
        fleet = new Fleet(redis);
        registry = fleet.registry;
        node = fleet.node(NODE);
    }

    @Test
    @Order(1)
    @DisplayName("a listener is told of each change, of what was stored before, and of what a re-sync brings")
    void told() {
        Change before = registry.put(Fleet.key(), "on");
        TestListener listener = new TestListener();
        node.listen(listener);
        node.join();
        expectTold(listener, before);
        Change heard = registry.put(before.key(), "off");
        expectTold(listener, heard);
        fleet.client(NODE).relay().refuse();
        Change missed = registry.put(before.key(), "on again");
        fleet.client(NODE).relay().heal();
        expectTold(listener, missed);
    }

    @Test
    @Order(2)
    @DisplayName("a listener that throws is told of the next change, and so are the others; the alarm is raised")
    void throwingListener() {
        TestListener throwing = new TestListener().failingOn(change -> true);
        TestListener other = new TestListener();
        node.listen(throwing);
        node.listen(other);
        node.join();
        String key = Fleet.key();
        for (Change change : List.of(Change.put(1, key, "on"), Change.put(2, key, "off"))) {
            registry.put(key, change.value().orElseThrow());
            fleet.expectHeld(
                    NODE,
                    node,
                    change,
                    () -> Wrong.that("A listener that throws has silenced the node")
                            .seen("it throws on each change; published " + change.text() + "; "
                                    + Fleet.state(node.settings(), key))
                            .means("One bug in one team's listener, and this node keeps its settings until the next"
                                    + " restart."));
            for (TestListener listener : List.of(other, throwing)) {
                fleet.await(
                        NODE,
                        "both listeners are told",
                        () -> listener.wasTold(change),
                        () -> Wrong.that(
                                        listener == other
                                                ? "A listener that throws keeps the others from being told"
                                                : "A listener that has thrown once is told nothing more")
                                .seen("one listener throws on each change; " + (listener == other ? "the other" : "it")
                                        + " was not told " + change.text())
                                .means("One bug in one team's listener, and others go by old settings.")
                                .suspect("no catch around each listener, or a loop that an exception ends"));
            }
        }
        expectAlarm("cannot be rebuilt", "A listener threw, and nobody is told");
    }

    @Test
    @Order(3)
    @DisplayName(
            "a listener that takes its time holds up neither the node nor other listeners, and hears the rest in order")
    void slowListener() {
        node.join();
        Change first = registry.put(Fleet.key(), "on");
        TestListener slow = new TestListener().hangingOn(change -> change.version() == first.version() + 1);
        TestListener other = new TestListener();
        fleet.expectHeld(NODE, node, first, () -> Wrong.that("node-1 does not follow"));
        node.listen(slow);
        node.listen(other);
        Change hangs = registry.put(first.key(), "off");
        fleet.await(NODE, "the slow listener is at work", slow::isStuck, () -> notTold(hangs));
        Change next = registry.put(first.key(), "on");
        Change last = registry.put(first.key(), "off again");
        fleet.expectHeld(
                NODE,
                node,
                last,
                () -> Wrong.that("While a listener works, the node does not follow")
                        .seen("a listener is at work on " + hangs.text() + " and does not come back; published "
                                + last.text() + "; " + Fleet.state(node.settings(), first.key()))
                        .means("Somebody's slow cache rebuild, and this node goes by old settings: all of them.")
                        .suspect("listeners that are called on the thread that reads from Redis"));
        fleet.await(
                NODE,
                "the other listener is told",
                () -> other.wasTold(last),
                () -> Wrong.that("One slow listener holds up the others")
                        .seen("one is at work on " + hangs.text() + "; another was told " + texts(other) + " of "
                                + next.text() + " and " + last.text())
                        .means("The team with the slow listener delays everybody else's.")
                        .suspect("one thread for all listeners"));
        expectNoOverlap(slow, hangs);
        slow.release();
        fleet.await(NODE, "the slow listener is told the rest", () -> slow.wasTold(last), () -> notTold(last));
        expectNoOverlap(slow, hangs);
    }

    @ParameterizedTest(name = "[{0}]")
    @Order(4)
    @ValueSource(strings = {"", "flag.new", "17", "v1:flag.new=on", "-1:flag.new=on", "{\"flag.new\": \"on\"}"})
    @DisplayName("a message that is no change raises the alarm, and the next change is applied")
    void malformedMessage(String text) {
        node.join();
        registry.publish(text);
        Change next = registry.put(Fleet.key(), "on");
        fleet.expectHeld(
                NODE,
                node,
                next,
                () -> Wrong.that("A message that is no change has silenced the node")
                        .seen("published \"" + text + "\", then " + next.text() + "; "
                                + Fleet.state(node.settings(), next.key()))
                        .means("Somebody tries something out on the channel, and the whole fleet is deaf.")
                        .suspect("an exception that ends the loop, the thread or the flux that reads the messages"));
        expectAlarm("\"" + text + "\"", "A message that is no change is passed over in silence");
    }

    @Test
    @Order(5)
    @DisplayName("an entry in the store that is no change keeps no node from joining")
    void malformedEntry() {
        Change before = registry.put("a", "on");
        for (int i = 0; i < 5; i++) {
            registry.scribble("scribble." + i, "on");
        }
        Change after = registry.put("z", "on");
        try {
            node.join();
        } catch (mqworkbook.broadcasting.config.InvalidChangeException e) {
            throw Wrong.that("One entry that is no change keeps a node from joining")
                    .seen("the store holds \"on\" under scribble.0; join() threw " + e)
                    .means("Somebody writes into the hash by hand, and no node can start any more.")
                    .because(e);
        }
        for (Change change : List.of(before, after)) {
            if (!Fleet.holds(node.settings(), change)) {
                throw Wrong.that("One entry that is no change has cost a node others")
                        .seen("the store holds \"on\" under scribble.0, and " + change.text() + "; "
                                + Fleet.state(node.settings(), change.key()))
                        .means("Half of the settings are missing, and which half depends on the order of a hash.")
                        .suspect("one catch around all of them");
            }
        }
        expectAlarm("\"on\"", "An entry that is no change is passed over in silence");
    }

    @TestFactory
    @Order(6)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("for any changes, joins, cuts and losses")
    Stream<DynamicTest> properties() {
        return StepProperties.of(FleetProperties.class);
    }

    private void expectTold(TestListener listener, Change change) {
        fleet.await(
                NODE, "the listener is told " + change.text(), () -> listener.wasTold(change), () -> notTold(change));
    }

    private Wrong notTold(Change change) {
        return Wrong.that("A listener is not told of a change")
                .seen("node-1: " + Fleet.state(node.settings(), change.key()) + "; its listener was never told "
                        + change.text())
                .means("The setting is there, and the application does not act on it.")
                .suspect("only messages are told, and not what a snapshot brings");
    }

    private void expectNoOverlap(TestListener listener, Change hangs) {
        if (listener.overlapped() || !listener.wentBack().isEmpty()) {
            throw Wrong.that("A listener is told of a change while it is at work on the one before")
                    .seen("it is at work on " + hangs.text() + "; it was told " + texts(listener))
                    .means("The older one is done last, and the application goes back to it.")
                    .suspect("a pool of threads for one listener");
        }
    }

    private void expectAlarm(String about, String otherwise) {
        fleet.await(
                NODE,
                "the alarm is raised",
                () -> fleet.alarm.raised().stream().anyMatch(alarm -> alarm.contains(about)),
                () -> Wrong.that(otherwise)
                        .seen("alarms: " + fleet.alarm.raised())
                        .means("It goes on for weeks before anybody wonders.")
                        .suspect("an empty catch"));
    }

    private static List<String> texts(TestListener listener) {
        return listener.told().stream().map(Change::text).toList();
    }
}
