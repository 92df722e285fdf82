// Mistake:   malformed-swallowed
// Wrong:     What cannot be read is passed over, with an empty catch.
// Shows as:  A tool of another team writes another format for weeks before anybody wonders why nothing happens.
// Caught in: step 5
// Says:      "passed over in silence"
package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    // Guards what follows, and keeps applying and telling together: listeners hear of changes in their order.
    private final Object lock = new Object();
    private long newest;
    private boolean joined;
    private boolean fetching;
    private boolean fetchAgain;
    private volatile boolean closed;

    /**
     * Connects, and hears nothing yet.
     *
     * @param pause how long after a re-sync that has failed the next one is tried
     */
    public ConfigNode(RedisClient redis, ConfigNames names, Duration pause, Alarm alarm) {
        this.names = names;
        this.pause = pause;
        this.alarm = alarm;
        this.listeners = new Listeners(alarm);
        this.data = redis.connect();
        this.subscription = redis.connectPubSub();
    }

    /** What this node goes by; up to date as far as it knows. */
    public LocalSettings settings() {
        return settings;
    }

    /** From now on the listener is told of what changes on this node. */
    public void listen(SettingsListener listener) {
        listeners.add(listener);
    }

    /** Subscribes. When this returns, every change that is published from now on will be applied. */
    public void follow() {
        subscription.addListener(new RedisPubSubAdapter<>() {
            private boolean before;

            @Override
            public void message(String channel, String text) {
                received(text);
            }

            @Override
            public void subscribed(String channel, long count) {
                // Lettuce subscribes again after reconnecting. What was published meanwhile is gone, and what is
                // published from now on arrives: so this is the moment to look, and not the reconnection itself.
                if (before) {
                    resync();
                }
                before = true;
            }
        });
        subscription.sync().subscribe(names.changes());
    }

    /** Follows, and takes over what is stored. When this returns, the node holds every setting, and misses no change. */
    public void join() {
        follow();
        merge(data.sync().hvals(names.values()));
        synchronized (lock) {
            joined = true;
        }
    }

    /**
     * Reads the whole store again, and merges it. Returns at once and waits for nothing: it is called on Lettuce's I/O
     * thread, whenever this node finds out that it may have missed a change. If it fails, that raises the alarm, and it
     * is tried again after the pause.
     */
    public void resync() {
        synchronized (lock) {
            // What is on its way may have left Redis before the change that is missed now.
            fetchAgain = fetching;
            if (fetching) {
                return;
            }
            fetching = true;
        }
        data.async().hvals(names.values()).whenComplete(this::fetched);
    }

    /**
     * Finds out at little cost whether this node has missed anything, and fetches it if so. Called now and then by the
     * application's scheduler, on a thread that may wait.
     */
    public void reconcile() {
        String stored = data.sync().get(names.version());
        boolean behind;
        synchronized (lock) {
            behind = stored != null && Long.parseLong(stored) > newest;
        }
        if (behind) {
            resync();
        }
    }

    // On Lettuce's I/O thread, like everything that Redis sends: nothing here may wait.
    private void received(String text) {
        boolean gap;
        try {
            Change change = Change.parse(text);
            synchronized (lock) {
                gap = joined && change.version() > newest + 1;
                take(change);
            }
        } catch (InvalidChangeException e) {
            return;
        }
        if (gap) {
            resync();
        }
    }

    private void fetched(List<String> entries, Throwable failure) {
        if (failure == null) {
            merge(entries);
        } else if (!closed) {
            alarm.raise("The store cannot be read; this node may be behind until it can", failure);
        }
        boolean again;
        synchronized (lock) {
            fetching = false;
            again = fetchAgain;
        }
        if (failure != null && !closed) {
            // Also when the connection was reset: Lettuce sends most commands again, but not the one that meets a
            // reset.
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::resync);
        } else if (again) {
            resync();
        }
    }

    private void merge(List<String> entries) {
        for (String entry : entries) {
            try {
                Change change = Change.parse(entry);
                synchronized (lock) {
                    take(change);
                }
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

    /** Leaves: nothing is heard or told any more, and nothing stays connected. */
    @Override
    public void close() {
        closed = true;
        subscription.close();
        data.close();
        listeners.close();
    }
}
