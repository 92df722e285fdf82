// Alternative: the listener only puts into a queue, and one thread of the node takes from it: it may wait, so
// the store is read synchronously, and nothing needs a lock. One more thread for each node.
package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import mqworkbook.broadcasting.config.Alarm;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;
import mqworkbook.broadcasting.config.InvalidChangeException;
import mqworkbook.broadcasting.config.SettingsListener;

/** One node of many: its settings follow the store. */
public final class ConfigNode implements AutoCloseable {

    private final ConfigNames names;
    private final Duration pause;
    private final Alarm alarm;
    private final LocalSettings settings = new LocalSettings();
    private final Listeners listeners;
    private final StatefulRedisConnection<String, String> data;
    private final StatefulRedisPubSubConnection<String, String> subscription;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "settings of a node");
        thread.setDaemon(true);
        return thread;
    });

    // The worker's alone.
    private long newest;
    private boolean joined;

    public ConfigNode(RedisClient redis, ConfigNames names, Duration pause, Alarm alarm) {
        this.names = names;
        this.pause = pause;
        this.alarm = alarm;
        this.listeners = new Listeners(alarm);
        this.data = redis.connect();
        this.subscription = redis.connectPubSub();
    }

    public LocalSettings settings() {
        return settings;
    }

    public void listen(SettingsListener listener) {
        listeners.add(listener);
    }

    public void follow() {
        subscription.addListener(new RedisPubSubAdapter<>() {
            private boolean before;

            @Override
            public void message(String channel, String text) {
                toWorker(() -> received(text));
            }

            @Override
            public void subscribed(String channel, long count) {
                if (before) {
                    resync();
                }
                before = true;
            }
        });
        subscription.sync().subscribe(names.changes());
    }

    public void join() {
        follow();
        CompletableFuture.runAsync(
                        () -> {
                            fetch();
                            joined = true;
                        },
                        worker)
                .join();
    }

    public void resync() {
        toWorker(this::tryToFetch);
    }

    public void reconcile() {
        toWorker(() -> {
            String stored = data.sync().get(names.version());
            if (stored != null && Long.parseLong(stored) > newest) {
                tryToFetch();
            }
        });
    }

    private void toWorker(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException closed) {
            // The node has left meanwhile.
        }
    }

    private void received(String text) {
        Change change;
        try {
            change = Change.parse(text);
        } catch (InvalidChangeException e) {
            alarm.raise("A message on " + names.changes() + " is no change", e);
            return;
        }
        boolean gap = joined && change.version() > newest + 1;
        take(change);
        if (gap) {
            tryToFetch();
        }
    }

    private void tryToFetch() {
        try {
            fetch();
        } catch (RedisException e) {
            if (!worker.isShutdown()) {
                alarm.raise("The store cannot be read; this node may be behind until it can", e);
                CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(this::resync);
            }
        }
    }

    private void fetch() {
        for (String entry : data.sync().hvals(names.values())) {
            try {
                take(Change.parse(entry));
            } catch (InvalidChangeException e) {
                alarm.raise("An entry in " + names.values() + " is no change", e);
            }
        }
    }

    private void take(Change change) {
        newest = Math.max(newest, change.version());
        if (settings.apply(change)) {
            listeners.tell(change);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        subscription.close();
        data.close();
        listeners.close();
    }
}
