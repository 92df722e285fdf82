package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import mqworkbook.broadcasting.config.Alarm;
import mqworkbook.broadcasting.config.ConfigNames;
import mqworkbook.broadcasting.config.SettingsListener;
import mqworkbook.workbench.judge.Todo;

/** One node of many: its settings follow the store. */
public final class ConfigNode implements AutoCloseable {

    private final ConfigNames names;
    private final Duration pause;
    private final Alarm alarm;
    private final LocalSettings settings = new LocalSettings();
    private final Listeners listeners;
    private final StatefulRedisConnection<String, String> data;
    private final StatefulRedisPubSubConnection<String, String> subscription;

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
        throw new Todo(2, "Subscribe to the changes, and apply each one that comes.");
    }

    /** Follows, and takes over what is stored. When this returns, the node holds every setting, and misses no change. */
    public void join() {
        throw new Todo(3, "Follow, then read the whole store, and merge what comes from both.");
    }

    /**
     * Reads the whole store again, and merges it. Returns at once and waits for nothing: it is called on Lettuce's I/O
     * thread, whenever this node finds out that it may have missed a change. If it fails, that raises the alarm, and it
     * is tried again after the pause.
     */
    public void resync() {
        throw new Todo(4, "Read the store without waiting for it, and merge it when it comes.");
    }

    /**
     * Finds out at little cost whether this node has missed anything, and fetches it if so. Called now and then by the
     * application's scheduler, on a thread that may wait.
     */
    public void reconcile() {
        throw new Todo(6, "Compare the store's version with what is known here, and re-sync if they differ.");
    }

    /** Leaves: nothing is heard or told any more, and nothing stays connected. */
    @Override
    public void close() {
        subscription.close();
        data.close();
        listeners.close();
    }
}
