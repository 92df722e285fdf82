package mqworkbook.broadcasting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.CommandMoment;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Intercept;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step1Change {

    /** No answer needs more commands for one change; the crash tests go through all of them. */
    private static final int MOST_COMMANDS = 15;

    private Fleet fleet;
    private Registry registry;
    private SettingsStore store;

    @BeforeEach
    void open(RedisFixture redis) {
        fleet = new Fleet(redis);
        registry = fleet.registry;
        store = fleet.store("admin");
    }

    @Test
    @Order(1)
    @DisplayName("a change is stored under the next version, and every node is told")
    void changed() {
        Ear ear = fleet.ear();
        String key = Fleet.key();
        List<String> values = List.of("on", "", "limit=10:20", "zürich ☃\nline 2");
        for (int i = 0; i < values.size(); i++) {
            Change change = store.put(Fleet.changeId(), key, values.get(i));
            Change expected = Change.put(i + 1, key, values.get(i));
            Changes.expectMade(expected, change, registry);
            Changes.expectHeardLast(expected, ear);
        }
    }

    @Test
    @Order(2)
    @DisplayName("a removal is a change too, and leaves a tombstone")
    void removed() {
        Ear ear = fleet.ear();
        String key = Fleet.key();
        store.put(Fleet.changeId(), key, "blocked");
        Change removal = store.remove(Fleet.changeId(), key);
        Change expected = Change.removed(2, key);
        if (registry.entry(key) == null) {
            throw Wrong.that("A removed setting leaves no tombstone")
                    .seen("removed " + key + " in version 2; the store has no entry for it")
                    .means("A node that was away reads the store, finds nothing about " + key
                            + ", and goes on with the value of before: a user who was unblocked stays blocked there.")
                    .suspect("HDEL in place of an entry without a value");
        }
        Changes.expectMade(expected, removal, registry);
        Changes.expectHeardLast(expected, ear);
    }

    @Test
    @Order(3)
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("whoever dies in the middle of a change has changed nothing, or everything")
    void diesInBetween() {
        Ear ear = fleet.ear();
        Wrong hole = null;
        for (int command = 1; command <= MOST_COMMANDS; command++) {
            String admin = "admin, dying before command " + command;
            SettingsStore dying = fleet.store(admin);
            String key = Fleet.key();
            Change before = dying.put(Fleet.changeId(), key, "before");
            CommandMoment death = CommandMoment.dieBeforeCommand(fleet.client(admin), command);
            CompletableFuture<Change> put = Fleet.beside(() -> dying.put(Fleet.changeId(), key, "after"));
            awaitEither(put, death);
            if (!death.hasCome()) {
                break;
            }
            fleet.client(admin).die();
            String fault = "the process died before its command " + command;
            Changes.expectWhole(before, ear, registry, fault);
            hole = hole == null ? Changes.hole(registry, fault) : hole;
        }
        // Less bad than what later commands may show, so it comes last.
        if (hole != null) {
            throw hole;
        }
    }

    @Test
    @Order(4)
    @Tag("fault")
    @TimeLimit(30)
    @DisplayName("of two who change one setting at once, the one with the later version has the last word everywhere")
    void twoAtOnce() throws Exception {
        Ear ear = fleet.ear();
        SettingsStore quick = fleet.store("quick admin");
        for (int command = 1; command <= MOST_COMMANDS; command++) {
            String admin = "slow admin " + command;
            SettingsStore slow = fleet.store(admin);
            String key = Fleet.key();
            slow.put(Fleet.changeId(), key, "before");
            CommandMoment pause = CommandMoment.holdCommand(fleet.client(admin), command);
            CompletableFuture<Change> slowly = Fleet.beside(() -> slow.put(Fleet.changeId(), key, "slow"));
            awaitEither(slowly, pause);
            if (!pause.hasCome()) {
                return;
            }
            CompletableFuture<Change> quickly = Fleet.beside(() -> quick.put(Fleet.changeId(), key, "quick"));
            awaitQuick(quickly);
            pause.release();
            Change first = Fleet.result(quickly, () -> late("quick"));
            Change second = Fleet.result(slowly, () -> late("slow"));
            Changes.expectOrdered(key, first, second, ear, registry, "one waited before its command " + command);
        }
    }

    @Test
    @Order(5)
    @DisplayName("many threads use one store")
    void manyThreads() throws Exception {
        Ear ear = fleet.ear();
        List<String> keys = List.of(Fleet.key(), Fleet.key());
        List<CompletableFuture<List<Change>>> threads = IntStream.range(0, 4)
                .mapToObj(thread -> Fleet.beside(() -> {
                    List<Change> made = new ArrayList<>();
                    for (int i = 0; i < 15; i++) {
                        made.add(store.put(Fleet.changeId(), keys.get(i % 2), thread + "-" + i));
                    }
                    return made;
                }))
                .toList();
        List<Change> made = new ArrayList<>();
        for (CompletableFuture<List<Change>> thread : threads) {
            try {
                made.addAll(Fleet.result(thread, () -> late("one of 60 changes by four threads")));
            } catch (RuntimeException e) {
                throw Wrong.that("Changes fail when several threads make them at once")
                        .seen(e.toString())
                        .means("It works on the desk of whoever tries it alone.")
                        .suspect("MULTI and EXEC on a connection that threads share: their commands mix")
                        .because(e);
            }
        }
        Changes.expectConsecutive(made, ear, registry);
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a change that Lettuce sends again, for want of a reply, is made once")
    void sentAgainByLettuce(RedisFixture redis) throws Exception {
        replyIsLost(reply -> reply.every().drop(), () -> redis.killConnections("admin"));
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("a change that the caller asks for again, for want of a reply, is made once")
    void sentAgainByCaller() throws Exception {
        replyIsLost(reply -> reply.cutBefore(), () -> {});
    }

    @TestFactory
    @Order(8)
    @Tag("live")
    @TimeLimit(30)
    @DisplayName("for any changes, removals and repetitions")
    Stream<DynamicTest> properties() {
        return StepProperties.of(ChangeProperties.class);
    }

    /** Made, and the reply lost; then somebody changes the setting again; then the command comes a second time. */
    private void replyIsLost(Function<Intercept, Rule> losing, Runnable disconnection) throws Exception {
        Ear ear = fleet.ear();
        String key = Fleet.key();
        String changeId = Fleet.changeId();
        store.put(Fleet.changeId(), key, "before");
        Relay relay = fleet.client("admin").relay();
        // The reply to whichever command makes the change: as it comes, the change is there.
        Rule lost = losing.apply(
                relay.on(Direction.TO_CLIENT, message -> CommandMoment.isAboutData(message) && registry.version() > 1));
        Rule away = relay.on(Direction.TO_BROKER, message -> message.is("hello") && registry.version() > 1)
                .every()
                .stall();
        CompletableFuture<Change> put = Fleet.beside(() -> store.put(changeId, key, "on"));
        Fleet.hit(lost, () -> Wrong.that("A change was never made").seen("put " + key + "=on; nothing is stored"));
        disconnection.run();
        lost.cancel();
        Change newer = registry.put(key, "off");
        away.cancel();
        Change made = madeInTheEnd(put, changeId, key);
        Change stored = registry.stored(key).orElseThrow();
        if (!stored.equals(newer)) {
            throw Wrong.that("A change was made twice, and undid a newer one")
                    .seen(changeId + " (" + key
                            + "=on) was made as version 2, and its reply lost; then somebody made it "
                            + newer.text()
                            + "; then the connection was back, and the command came a second time; stored"
                            + " is now " + stored.text())
                    .means("At three in the morning a feature is switched off, and a minute later it is on again, by"
                            + " nobody.")
                    .suspect("a script or transaction that does not look whether this change was made before");
        }
        if (made.version() != 2 || !made.key().equals(key)) {
            throw Wrong.that("A change that was made before is reported as another")
                    .seen(changeId + " was made as 2:" + key + "=on; when it came a second time, the caller was told "
                            + made.text());
        }
        Changes.expectHeardOnce(made, ear);
    }

    /** Somebody who is told nothing, or of an error, asks again under the same id. */
    private Change madeInTheEnd(CompletableFuture<Change> put, String changeId, String key) throws Exception {
        try {
            return Fleet.result(put, () -> late("on"));
        } catch (io.lettuce.core.RedisException inDoubt) {
            return store.put(changeId, key, "on");
        }
    }

    private static void awaitEither(CompletableFuture<Change> put, CommandMoment moment) {
        Eventually.within(Fleet.SOON)
                .until("the change comes so far", () -> put.isDone() || moment.hasCome())
                .orElse(() -> late("one"));
    }

    /** Whoever waits for the slow one is right too, as long as it ends when the slow one does. */
    private static void awaitQuick(CompletableFuture<Change> quickly) throws InterruptedException, ExecutionException {
        try {
            quickly.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // It waits.
        }
    }

    private static Wrong late(String value) {
        return Wrong.that("A change does not come to its end")
                .seen("put \"" + value + "\" has not returned after " + Fleet.SOON.toSeconds() + " s");
    }
}
