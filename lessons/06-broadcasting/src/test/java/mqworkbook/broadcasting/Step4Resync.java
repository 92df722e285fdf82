package mqworkbook.broadcasting;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.CommandMoment;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
@TimeLimit(20)
abstract class Step4Resync {

    private static final String NODE = "node-1";
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private RedisFixture redis;
    private Fleet fleet;
    private Registry registry;
    private ConfigNode node;
    private Change first;

    @BeforeEach
    void open(RedisFixture redis) {
        this.redis = redis;
        fleet = new Fleet(redis);
        registry = fleet.registry;
        first = registry.put(Fleet.key(), "on");
        node = fleet.joined(NODE);
    }

    @Test
    @Order(1)
    @DisplayName("a re-sync fetches what was missed")
    void fetches() {
        Change missed = missed(first.key(), "off");
        node.resync();
        fleet.expectHeld(
                NODE,
                node,
                missed,
                () -> Wrong.that("A re-sync does not fetch what is stored")
                        .seen("stored is " + missed.text() + "; resync() was called; " + state(missed)));
    }

    @Test
    @Order(2)
    @Tag("fault")
    @DisplayName("a re-sync waits for nothing, and does not turn the node back when it comes late")
    void returnsAtOnce() {
        Rule held = fleet.wire(NODE).holdReply();
        CompletableFuture<Void> call = Fleet.beside(() -> {
            node.resync();
            return null;
        });
        Fleet.hit(held, () -> Wrong.that("resync() does not read the store"));
        fleet.await(
                AT_ONCE,
                NODE,
                "resync() returns",
                call::isDone,
                () -> Wrong.that("resync() waits for Redis")
                        .seen("Redis has not answered, and resync() has not returned after " + AT_ONCE.toSeconds()
                                + " s")
                        .means("On Lettuce's I/O thread nothing is read meanwhile: what it waits for cannot come.")
                        .suspect("a synchronous command, or a future's get()"));
        Change newer = registry.put(first.key(), "off");
        Fleet.aMoment(() -> Fleet.holds(node.settings(), newer));
        boolean heard = Fleet.holds(node.settings(), newer);
        // Asked for while the first is on its way, the next one is sent when the first has been merged.
        CommandMoment next = CommandMoment.holdCommand(fleet.client(NODE), 1);
        node.resync();
        held.cancel();
        Fleet.aMoment(AT_ONCE, next::hasCome);
        if (heard && !Fleet.holds(node.settings(), newer)) {
            throw wentBack(newer);
        }
        next.release();
        fleet.expectHeld(NODE, node, newer, () -> wentBack(newer));
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("what was changed while a node was away is there when it is back, with no further message")
    void changedWhileAway() {
        Change removed = registry.put(Fleet.key(), "blocked");
        fleet.expectHeld(NODE, node, removed, () -> notFollowing(removed));
        fleet.client(NODE).relay().refuse();
        Change changed = registry.put(first.key(), "off");
        Change removal = registry.remove(removed.key());
        Change added = registry.put(Fleet.key(), "new");
        fleet.client(NODE).relay().heal();
        for (Change change : List.of(changed, removal, added)) {
            expectConverged(
                    change,
                    "its connections were cut, then " + change.text()
                            + " was published, then it could connect again; nothing was published since");
        }
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("what is changed between reconnection and subscription is not missed either")
    void changedWhileResubscribing() {
        Rule held = fleet.wire(NODE).holdSubscribe();
        fleet.client(NODE).relay().cut();
        Fleet.hit(
                held,
                () -> Wrong.that("A node whose connection was cut does not subscribe again")
                        .means("From the first blink of the network on it hears nothing."));
        // Whoever re-reads the store as soon as it is connected has done so by now, or does so in this moment.
        Fleet.aMoment(() -> false);
        Change meanwhile = registry.put(first.key(), "off");
        held.cancel();
        expectConverged(
                meanwhile,
                "it had connected again, and its subscription was on its way, when " + meanwhile.text()
                        + " was published");
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a message that is lost is noticed when the next one comes, whichever setting that is about")
    void gap() {
        fleet.wire(NODE).loseNextMessage();
        Change lost = registry.put(first.key(), "off");
        Change next = registry.put(Fleet.key(), "on");
        fleet.expectHeld(NODE, node, next, () -> notFollowing(next));
        fleet.expectHeld(
                NODE,
                node,
                lost,
                () -> Wrong.that("A gap in the versions goes unnoticed")
                        .seen("the message " + lost.text() + " was lost; the next that came is " + next.text() + "; "
                                + state(lost) + " after " + Fleet.SOON.toSeconds() + " s")
                        .means(
                                "A message was dropped, the connection lived on, and this node keeps the old value for ever.")
                        .suspect("versions that are compared key by key; the next message may be about another key"));
        follows();
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a message that is lost during a re-sync is fetched by another one")
    void gapWhileFetching() {
        Rule held = fleet.wire(NODE).holdReply();
        fleet.wire(NODE).loseNextMessage();
        Change lost = registry.put(first.key(), "off");
        Change next = registry.put(Fleet.key(), "on");
        Fleet.hit(
                held,
                () -> Wrong.that("A gap in the versions goes unnoticed")
                        .seen("the message " + lost.text() + " was lost; the next that came is " + next.text()
                                + "; the store is not read")
                        .suspect("no look at the versions of what comes"));
        fleet.wire(NODE).loseNextMessage();
        Change lostToo = registry.put(Fleet.key(), "lost");
        Change last = registry.put(Fleet.key(), "on");
        // Heard by now where the snapshot is on another connection, and behind it where it is on the same.
        Fleet.aMoment(() -> Fleet.holds(node.settings(), last));
        held.cancel();
        fleet.expectHeld(
                NODE,
                node,
                lostToo,
                () -> Wrong.that("A change that was missed during a re-sync stays missed")
                        .seen(lostToo.text()
                                + " was lost while the store was being read, in a state of before; then came "
                                + last.text() + "; " + state(lostToo) + " after " + Fleet.SOON.toSeconds() + " s")
                        .means("Under load losses come in bunches. The first is mended, the others are not.")
                        .suspect("a re-sync that is skipped because one is on its way"));
        fleet.expectHeld(NODE, node, lost, () -> notFollowing(lost));
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("a node whose re-sync is cut off converges all the same")
    void cutOff() {
        Rule cut = fleet.client(NODE)
                .relay()
                .on(Direction.TO_CLIENT, CommandMoment::isAboutData)
                .cutBefore();
        fleet.client(NODE).relay().cut();
        Change changed = registry.put(first.key(), "off");
        Fleet.hit(
                cut,
                () -> Wrong.that("A node that was away does not read the store when it is back")
                        .seen("its connection was cut; it connected again, and asks for nothing"));
        expectConverged(changed, changed.text() + " was published while it was away, and its re-sync was cut off");
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("a re-sync that fails raises the alarm, and is tried again until it succeeds")
    void failing() {
        registry.breakStore();
        node.resync();
        fleet.await(
                NODE,
                "the failure is known",
                () -> !fleet.alarm.raised().isEmpty(),
                () -> Wrong.that("A re-sync has failed, and nobody is told")
                        .seen(
                                "Redis answered with an error (WRONGTYPE) as the store was to be read; no alarm was raised")
                        .means("The node is behind, and nobody knows.")
                        .suspect("a future whose failure is looked at by nobody"));
        registry.repairWith(Change.put(registry.version() + 1, first.key(), "off"));
        Change missed = registry.stored(first.key()).orElseThrow();
        fleet.expectHeld(
                NODE,
                node,
                missed,
                () -> Wrong.that("A re-sync that has failed is not tried again")
                        .seen("Redis answered with an error (WRONGTYPE), which has gone since; stored is "
                                + missed.text() + "; " + state(missed) + " after " + Fleet.SOON.toSeconds() + " s")
                        .means(
                                "The network or Redis failed at the very moment of the re-sync, which is when they do; the node"
                                        + " stays behind.")
                        .suspect("a future that is only looked at when it succeeds"));
    }

    @Test
    @Order(9)
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("Redis restarts, and every node goes on by itself")
    void restart() {
        Assumptions.assumeTrue(
                redis.broker().capabilities().restartable(),
                () -> redis.broker().capabilities().whyNotRestartable());
        redis.restartBroker();
        Change changed = registry.put(first.key(), "off");
        expectConverged(changed, "Redis was restarted, and " + changed.text() + " was published as it was back");
        follows();
    }

    private void follows() {
        Change change = registry.put(Fleet.key(), "on");
        fleet.expectHeld(NODE, node, change, () -> notFollowing(change));
    }

    /** A change of which the node's message is lost. */
    private Change missed(String key, String value) {
        Rule lost = fleet.wire(NODE).loseNextMessage();
        Change change = registry.put(key, value);
        Fleet.hit(lost, () -> Wrong.that("A node that has joined is sent no message"));
        return change;
    }

    private void expectConverged(Change change, String story) {
        fleet.expectHeld(
                NODE,
                node,
                change,
                () -> Wrong.that("A node that was away never catches up")
                        .seen(story + "; " + Fleet.SOON.toSeconds() + " s later " + state(change))
                        .means(
                                "One blink of the network, and this node goes by an old setting until somebody restarts it.")
                        .suspect(
                                "trust in pub/sub alone, which keeps nothing for who is away; or a look at the store before the"
                                        + " subscription stands again"));
    }

    private String state(Change change) {
        return NODE + ": " + Fleet.state(node.settings(), change.key());
    }

    private Wrong wentBack(Change newer) {
        return Wrong.that("A re-sync has turned the node back")
                .seen("the store was read before " + newer.text() + " was published, and the reply came after it; "
                        + state(newer))
                .means("The node holds the old value, and nobody will publish the new one again.")
                .suspect("a snapshot that replaces everything, or that is not merged by version");
    }

    private Wrong notFollowing(Change change) {
        return Wrong.that("A node that has joined does not follow")
                .seen("published " + change.text() + "; " + state(change));
    }
}
