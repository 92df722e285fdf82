package mqworkbook.broadcasting;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
@TimeLimit(20)
abstract class Step6Silence {

    private static final String NODE = "node-1";
    private static final int SETTINGS = 200;
    private static final int LITTLE = 2_000;

    private RedisFixture redis;
    private Fleet fleet;
    private Registry registry;
    private ConfigNode node;

    @BeforeEach
    void open(RedisFixture redis) {
        this.redis = redis;
        fleet = new Fleet(redis);
        registry = fleet.registry;
    }

    @Test
    @Order(1)
    @Tag("fault")
    @DisplayName("a node whose subscription has died without a word catches up")
    void deafWithoutKnowing() {
        Change first = registry.put(Fleet.key(), "on");
        node = fleet.joined(NODE);
        fleet.wire(NODE).loseMessages();
        List<Change> missed = new ArrayList<>();
        missed.add(registry.put(first.key(), "off"));
        missed.add(registry.put(Fleet.key(), "new"));
        node.reconcile();
        missed.forEach(change -> expectConverged(
                change, "every message to it was lost, its connections lived on;" + " reconcile() was called"));
    }

    @Test
    @Order(2)
    @DisplayName("to find out that nothing was missed costs next to nothing")
    void cheap() {
        for (int i = 0; i < SETTINGS; i++) {
            registry.put(Fleet.key(), "a value of some length, as most of them are: " + i);
        }
        node = fleet.joined(NODE);
        long before = redis.bytesRead(NODE);
        node.reconcile();
        Fleet.aMoment(() -> redis.bytesRead(NODE) - before > LITTLE);
        long read = redis.bytesRead(NODE) - before;
        if (read > LITTLE) {
            throw Wrong.that("Every reconcile() reads the whole store, though nothing was missed")
                    .seen(SETTINGS + " settings, nothing missed; reconcile() read " + read + " bytes")
                    .means(
                            "A thousand nodes fetch the whole block list each minute: that is the polling that this lesson"
                                    + " set out to end.")
                    .suspect("a re-sync without a look at the store's version");
        }
    }

    private void expectConverged(Change change, String story) {
        fleet.expectHeld(
                NODE,
                node,
                change,
                () -> Wrong.that("A node that missed changes without knowing never catches up")
                        .seen(story + "; " + NODE + ": " + Fleet.state(node.settings(), change.key()) + ", stored is "
                                + change.text())
                        .means("A firewall forgets the idle connection, and the node is deaf until it is restarted.")
                        .suspect("only what is published since is looked at"));
    }
}
