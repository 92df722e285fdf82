package mqworkbook.broadcasting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step3Join {

    private Fleet fleet;
    private Registry registry;

    @BeforeEach
    void open(RedisFixture redis) {
        fleet = new Fleet(redis);
        registry = fleet.registry;
    }

    @Test
    @Order(1)
    @DisplayName("a node that joins late holds every setting when join() returns")
    void holdsEverything() {
        List<Change> stored = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stored.add(registry.put(Fleet.key(), "value " + i));
        }
        ConfigNode node = fleet.joined("node-1");
        List<String> missing = stored.stream()
                .filter(change -> !Fleet.holds(node.settings(), change))
                .map(Change::text)
                .toList();
        if (!missing.isEmpty()) {
            throw Wrong.that("A node that joins late does not hold what was stored before")
                    .seen("join() has returned; of " + stored.size() + " settings the node lacks " + missing.size()
                            + ", the first of them is " + missing.get(0))
                    .means("After a deploy the new nodes run with defaults, until each setting happens to change.")
                    .suspect("no read of the store, or one that join() does not wait for");
        }
        follows(node, "node-1");
    }

    @Test
    @Order(2)
    @DisplayName("a setting that was removed before is absent on a node that joins")
    void holdsNoTombstones() {
        String key = Fleet.key();
        registry.put(key, "blocked");
        registry.remove(key);
        ConfigNode node = fleet.joined("node-1");
        if (node.settings().value(key).isPresent()) {
            throw Wrong.that("A removed setting is back on a node that joins")
                    .seen("stored is " + registry.entry(key) + "; " + Fleet.state(node.settings(), key));
        }
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("a change that comes while a node joins is not lost between subscription and snapshot")
    void noGap() throws Exception {
        Change before = registry.put(Fleet.key(), "on");
        ConfigNode node = fleet.node("node-1");
        Rule held = fleet.wire("node-1").holdSubscribe();
        CompletableFuture<Void> joining = join(node);
        Fleet.hit(held, () -> Wrong.that("A node that joins never subscribes"));
        // Whoever reads the store before the subscription stands has done so by now, or does so in this moment.
        Fleet.aMoment(() -> false);
        Change meanwhile = registry.put(before.key(), "off");
        held.cancel();
        joined(joining);
        fleet.expectHeld(
                "node-1",
                node,
                meanwhile,
                () -> Wrong.that("A change that came while the node joined is lost for it")
                        .seen(meanwhile.text() + " was published before the subscription stood, and stored; join() has"
                                + " returned; " + Fleet.state(node.settings(), before.key()))
                        .means("One deploy in a hundred, a single node has the old value, and no log says why.")
                        .suspect(
                                "snapshot, then subscribe; or a snapshot that does not wait until the subscription is confirmed"));
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("a snapshot that arrives late does not overwrite what was heard meanwhile")
    void mergedByVersion() throws Exception {
        Change put = registry.put(Fleet.key(), "on");
        Change kept = registry.put(Fleet.key(), "blocked");
        ConfigNode node = fleet.node("node-1");
        Rule held = fleet.wire("node-1").holdReply();
        CompletableFuture<Void> joining = join(node);
        Fleet.hit(
                held,
                () -> Wrong.that("A node that joins never reads the store")
                        .means("It knows what changes from now on, and nothing of what was set before."));
        Fleet.aMoment(joining::isDone);
        if (joining.isDone()) {
            throw Wrong.that("join() returns before the snapshot has come")
                    .seen("Redis has not answered yet, and join() has returned")
                    .means("The load balancer sends the node requests, and it answers the first of them with defaults.")
                    .suspect("an asynchronous read that nobody waits for");
        }
        Change newer = registry.put(put.key(), "off");
        Change removal = registry.remove(kept.key());
        // Where subscription and snapshot share a connection, the messages wait behind the snapshot: also right.
        Fleet.aMoment(() -> Fleet.holds(node.settings(), newer) && Fleet.holds(node.settings(), removal));
        held.cancel();
        joined(joining);
        for (Change change : List.of(newer, removal)) {
            fleet.expectHeld(
                    "node-1",
                    node,
                    change,
                    () -> Wrong.that(
                                    "The snapshot has overwritten a newer change that was heard while it was on its way")
                            .seen("the snapshot was taken before " + change.text()
                                    + " was published, and arrived after it; "
                                    + Fleet.state(node.settings(), change.key()))
                            .means("The node goes back to the old value, and stays there.")
                            .suspect("a snapshot that replaces everything, or that is not merged by version"));
        }
    }

    @Test
    @Order(5)
    @DisplayName("a node that has left hears nothing more, and nothing of it stays connected")
    void leaves() {
        ConfigNode node = fleet.joined("node-1");
        Change before = registry.put(Fleet.key(), "on");
        fleet.expectHeld("node-1", node, before, () -> Wrong.that("node-1 does not follow"));
        node.close();
        fleet.await(
                "node-1",
                "node-1 is disconnected",
                () -> fleet.client("node-1").openConnections() == 0,
                () -> Wrong.that("A node has left, and is still connected to Redis")
                        .seen(fleet.client("node-1").openConnections() + " open connection(s) after close()")
                        .means("Each reload leaves a connection behind, until Redis refuses new ones.")
                        .suspect("a connection of its own that close() does not close"));
    }

    private void follows(ConfigNode node, String name) {
        Change change = registry.put(Fleet.key(), "on");
        fleet.expectHeld(
                name,
                node,
                change,
                () -> Wrong.that("A node that has joined does not follow")
                        .seen("published " + change.text() + "; " + Fleet.state(node.settings(), change.key())));
    }

    private static CompletableFuture<Void> join(ConfigNode node) {
        return Fleet.beside(() -> {
            node.join();
            return null;
        });
    }

    private static void joined(CompletableFuture<Void> joining) throws Exception {
        Fleet.result(
                joining,
                () -> Wrong.that("join() does not return")
                        .suspect("it waits for something that only the I/O thread can bring, on that thread"));
    }
}
