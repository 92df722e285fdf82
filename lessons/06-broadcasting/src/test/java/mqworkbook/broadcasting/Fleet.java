package mqworkbook.broadcasting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisActor;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.wire.Rule;

/** Nodes of one configuration, each behind a wire of its own, and what is stored for them. */
final class Fleet {

    static final Duration SOON = Duration.ofSeconds(5);
    static final Duration QUIET = Duration.ofMillis(250);
    static final Duration REMEMBERED = Duration.ofMinutes(10);
    static final int LOG_LENGTH = 100;
    static final Duration PAUSE = Duration.ofMillis(50);

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final RedisFixture redis;
    final ConfigNames names;
    final Registry registry;
    final TestAlarm alarm = new TestAlarm();

    Fleet(RedisFixture redis) {
        this(redis, redis.prefix());
    }

    Fleet(RedisFixture redis, String prefix) {
        this.redis = redis;
        this.names = new ConfigNames(prefix);
        this.registry = new Registry(redis::data, names);
    }

    /** A setting that no other test uses. */
    static String key() {
        return "flag.F-" + NUMBERS.incrementAndGet();
    }

    static String changeId() {
        return "C-" + NUMBERS.incrementAndGet();
    }

    RedisActor client(String actor) {
        return redis.client(actor);
    }

    Wire wire(String actor) {
        return new Wire(client(actor));
    }

    SettingsStore store(String actor) {
        return new SettingsStore(client(actor).lettuce(), names, REMEMBERED, LOG_LENGTH);
    }

    Ear ear() {
        return new Ear(this, client("judge's ear").lettuce(), names);
    }

    /** A node that has not begun to listen. */
    ConfigNode node(String name) {
        return new ConfigNode(client(name).lettuce(), names, PAUSE, alarm);
    }

    ConfigNode following(String name) {
        ConfigNode node = node(name);
        node.follow();
        return node;
    }

    ConfigNode joined(String name) {
        ConfigNode node = node(name);
        node.join();
        return node;
    }

    /** Waits while a node does its work; says so when it is its own I/O thread that is held up. */
    void await(String node, String what, Callable<Boolean> condition, Supplier<Wrong> wrong) {
        await(SOON, node, what, condition, wrong);
    }

    void await(Duration limit, String node, String what, Callable<Boolean> condition, Supplier<Wrong> wrong) {
        RedisActor actor = client(node);
        Eventually.within(limit)
                .until(what, () -> {
                    if (condition.call()) {
                        return true;
                    }
                    actor.expectFreeIoThread();
                    return false;
                })
                .orElse(wrong);
    }

    /** Waits until the node holds this change. */
    void expectHeld(String name, LocalSettings settings, Change change, Supplier<Wrong> wrong) {
        await(name, name + " holds " + change.text(), () -> holds(settings, change), wrong);
    }

    void expectHeld(String name, ConfigNode node, Change change, Supplier<Wrong> wrong) {
        expectHeld(name, node.settings(), change, wrong);
    }

    static boolean holds(LocalSettings settings, Change change) {
        return settings.version(change.key()) == change.version()
                && settings.value(change.key()).equals(change.value());
    }

    /** What a node has for a key, in one line. */
    static String state(LocalSettings settings, String key) {
        return key + " is "
                + settings.value(key).map(value -> "\"" + value + "\"").orElse("absent") + " in version "
                + settings.version(key);
    }

    /** What nodes hold otherwise than the store, in words; empty when they agree. */
    List<String> differences(String name, LocalSettings settings) {
        List<String> differences = new ArrayList<>();
        registry.all().forEach((key, stored) -> {
            if (!holds(settings, stored)) {
                differences.add(name + ": " + state(settings, key) + ", stored is " + stored.text());
            }
        });
        return differences;
    }

    /** Waits until something has happened that may happen or not, for {@link #QUIET} at most. */
    static void aMoment(Callable<Boolean> mayHappen) {
        aMoment(QUIET, mayHappen);
    }

    /** The same, where what may happen comes with most answers, and must not be missed on a busy machine. */
    static void aMoment(Duration atMost, Callable<Boolean> mayHappen) {
        try {
            Eventually.within(atMost).until("what may happen", mayHappen).orElse(Nothing::new);
        } catch (Nothing happened) {
            // Right as well.
        }
    }

    private static final class Nothing extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Waits until the rule has acted. */
    static void hit(Rule rule, Supplier<Wrong> wrong) {
        try {
            rule.awaitHit(SOON);
        } catch (AssertionError e) {
            mqworkbook.workbench.judge.Problems.throwIfAny();
            throw wrong.get();
        }
    }

    /** Runs the learner's code beside the test. */
    static <T> CompletableFuture<T> beside(Callable<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        future.complete(work.call());
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                },
                "beside the test");
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    /** What came of it; throws what it threw. */
    static <T> T result(CompletableFuture<T> future, Supplier<Wrong> late) throws Exception {
        try {
            return future.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw late.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }
}
