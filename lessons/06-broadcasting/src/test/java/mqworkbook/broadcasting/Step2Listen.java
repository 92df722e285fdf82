package mqworkbook.broadcasting;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step2Listen {

    private static final Duration A_WHILE = Duration.ofMillis(300);

    private Fleet fleet;
    private Registry registry;

    @BeforeEach
    void open(RedisFixture redis) {
        fleet = new Fleet(redis);
        registry = fleet.registry;
    }

    @Test
    @Order(1)
    @DisplayName("a newer change is applied; an older one, and a copy, are not")
    void newerWins() {
        String key = Fleet.key();
        LocalSettings settings = new LocalSettings();
        Applying.expect(settings, Change.put(3, key, "on"), true);
        Applying.expect(settings, Change.put(2, key, "off"), false);
        Applying.expect(settings, Change.put(3, key, "on"), false);
        Applying.expect(settings, Change.put(4, key, "off"), true);
    }

    @Test
    @Order(2)
    @DisplayName("a removed setting is gone, and a late older change does not bring it back")
    void removedStaysRemoved() {
        String key = Fleet.key();
        LocalSettings settings = new LocalSettings();
        Applying.expect(settings, Change.put(1, key, "blocked"), true);
        Applying.expect(settings, Change.removed(3, key), true);
        Applying.expect(settings, Change.put(2, key, "blocked"), false);
        Applying.expect(settings, Change.put(4, key, "blocked again"), true);
    }

    @TestFactory
    @Order(3)
    @DisplayName("for any changes in any order")
    Stream<DynamicTest> properties() {
        return StepProperties.of(LocalSettingsProperties.class);
    }

    @Test
    @Order(4)
    @DisplayName("two threads that apply changes of one setting at once leave the newest")
    void twoThreads() throws Exception {
        LocalSettings settings = new LocalSettings();
        AtomicLong versions = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        String key = Fleet.key();
        CompletableFuture<Void> one = Fleet.beside(() -> applyForAWhile(settings, key, versions, seen));
        CompletableFuture<Void> other = Fleet.beside(() -> applyForAWhile(settings, key, versions, seen));
        Fleet.result(one, () -> Wrong.that("apply() does not return"));
        Fleet.result(other, () -> Wrong.that("apply() does not return"));
    }

    @Test
    @Order(5)
    @DisplayName("every node that listens applies each change")
    void everyNode() {
        List<String> names = List.of("node-1", "node-2");
        List<ConfigNode> nodes = names.stream().map(fleet::following).toList();
        String key = Fleet.key();
        for (Change change : List.of(registry.put(key, "on"), registry.put(key, "off"), registry.remove(key))) {
            for (int i = 0; i < nodes.size(); i++) {
                String name = names.get(i);
                LocalSettings settings = nodes.get(i).settings();
                fleet.await(
                        name,
                        name + " hears " + change.text(),
                        () -> settings.version(key) >= change.version(),
                        () -> notHeard(name, settings, change));
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).settings().value(key).isPresent()) {
                throw Wrong.that("A setting was removed, and " + names.get(i) + " still has it")
                        .seen(Fleet.state(nodes.get(i).settings(), key));
            }
        }
    }

    @Test
    @Order(6)
    @DisplayName("when follow() returns, the subscription is there")
    void subscribedOnReturn() throws Exception {
        ConfigNode node = fleet.node("node-1");
        Rule held = fleet.wire("node-1").holdSubscribe();
        CompletableFuture<Void> following = Fleet.beside(() -> {
            node.follow();
            return null;
        });
        Fleet.hit(
                held,
                () -> Wrong.that("A node that follows never subscribes")
                        .seen("follow() was called, and Redis is not asked for a subscription"));
        Eventually.never(
                "follow() waits for Redis",
                Fleet.QUIET,
                following::isDone,
                () -> Wrong.that("follow() returns before Redis has confirmed the subscription")
                        .seen("the SUBSCRIBE of node-1 is still on its way, and follow() has returned")
                        .means("What is published in this moment reaches nobody here, and nobody knows.")
                        .suspect("async().subscribe() without waiting for its future"));
        held.cancel();
        Fleet.result(following, () -> Wrong.that("follow() does not return"));
        Change change = registry.put(Fleet.key(), "on");
        fleet.expectHeld("node-1", node, change, () -> notHeard("node-1", node.settings(), change));
    }

    @Test
    @Order(7)
    @DisplayName("a message that comes late, or twice, does not turn a node back")
    void lateMessage() {
        ConfigNode node = fleet.following("node-1");
        String key = Fleet.key();
        Change older = registry.store(key, "on");
        Change newer = registry.store(key, "off");
        registry.publish(newer);
        fleet.expectHeld("node-1", node, newer, () -> notHeard("node-1", node.settings(), newer));
        registry.publish(older);
        registry.publish(newer);
        // Messages keep their order: when this one is here, those before it were here.
        Change last = registry.put(Fleet.key(), "done");
        fleet.expectHeld("node-1", node, last, () -> notHeard("node-1", node.settings(), last));
        if (!Fleet.holds(node.settings(), newer)) {
            throw Applying.wentBack(newer, older, Fleet.state(node.settings(), key));
        }
    }

    private Wrong notHeard(String name, LocalSettings settings, Change change) {
        return Wrong.that(name + " does not follow")
                .seen("published " + change.text() + "; after " + Fleet.SOON.toSeconds() + " s "
                        + Fleet.state(settings, change.key()))
                .means("The feature is switched off everywhere but here.")
                .suspect("no subscription, another channel, or a listener that was added to another connection");
    }

    private static Void applyForAWhile(LocalSettings settings, String key, AtomicLong versions, AtomicLong seen) {
        long end = System.nanoTime() + A_WHILE.toNanos();
        while (System.nanoTime() < end) {
            long version = versions.incrementAndGet();
            settings.apply(Change.put(version, key, "on"));
            long before = Math.max(version, seen.get());
            long now = settings.version(key);
            if (now < before) {
                throw Wrong.that("Of two changes that were applied at once, the older has overwritten the newer")
                        .seen("two threads applied changes of " + key + "; the node held version " + before
                                + ", and now holds version " + now)
                        .means(
                                "A message and a re-read of the store meet, and one node in a hundred keeps the old value"
                                        + " for good.")
                        .suspect("look and put in two steps: between them the other thread puts its own");
            }
            seen.accumulateAndGet(now, Math::max);
        }
        return null;
    }
}
