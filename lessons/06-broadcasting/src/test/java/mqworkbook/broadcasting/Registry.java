package mqworkbook.broadcasting;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;

/** What is stored, seen and changed from outside: another team's tool that keeps to the contract. */
final class Registry {

    private static final String CHANGE = """
            local version = redis.call('INCR', KEYS[2])
            local change = version .. ':' .. ARGV[2]
            redis.call('HSET', KEYS[1], ARGV[1], change)
            -- Not before step 7 must the log be as the contract says.
            redis.pcall('XADD', KEYS[3], version .. '-0', ARGV[4], change)
            if ARGV[3] ~= '' then redis.call('PUBLISH', ARGV[3], change) end
            return change
            """;

    private final Supplier<RedisCommands<String, String>> redis;
    private final ConfigNames names;

    Registry(Supplier<RedisCommands<String, String>> redis, ConfigNames names) {
        this.redis = redis;
        this.names = names;
    }

    /** Changes a setting: stored and published. */
    Change put(String key, String value) {
        return change(key, key + "=" + value, names.changes());
    }

    Change remove(String key) {
        return change(key, key, names.changes());
    }

    /** Stores a change and tells nobody yet. */
    Change store(String key, String value) {
        return change(key, key + "=" + value, "");
    }

    private Change change(String key, String entry, String channel) {
        String[] keys = {names.values(), names.version(), names.log()};
        return Change.parse(
                redis.get().eval(CHANGE, ScriptOutputType.VALUE, keys, key, entry, channel, ConfigNames.FIELD));
    }

    /** Publishes on the nodes' channel whatever it is. */
    void publish(String text) {
        redis.get().publish(names.changes(), text);
    }

    void publish(Change change) {
        publish(change.text());
    }

    /** What another program has written into the store, on its own account. */
    void scribble(String key, String entry) {
        redis.get().hset(names.values(), key, entry);
    }

    /** The store's version; 0 before the first change. */
    long version() {
        String version = redis.get().get(names.version());
        return version == null ? 0 : Long.parseLong(version);
    }

    /** The stored entry of a key, as it is. */
    String entry(String key) {
        return redis.get().hget(names.values(), key);
    }

    Optional<Change> stored(String key) {
        return Optional.ofNullable(entry(key)).map(Change::parse);
    }

    /** The last change of each key. */
    Map<String, Change> all() {
        Map<String, Change> all = new TreeMap<>();
        redis.get().hgetall(names.values()).forEach((key, entry) -> all.put(key, Change.parse(entry)));
        return all;
    }

    /** The entries of the log, oldest first: id and text. */
    List<String> log() {
        return redis.get().xrange(names.log(), io.lettuce.core.Range.unbounded()).stream()
                .map(entry -> entry.getId() + " " + entry.getBody().get(ConfigNames.FIELD))
                .toList();
    }

    /** An entry of the log that is no change, under the next version. */
    void appendScribble(String text) {
        long version = redis.get().incr(names.version());
        redis.get().xadd(names.log(), new XAddArgs().id(version + "-0"), Map.of(ConfigNames.FIELD, text));
    }

    /** The log reaches back over this many changes only. */
    void trimLog(int length) {
        redis.get().xtrim(names.log(), false, length);
    }

    /** The store cannot be read, until it is repaired. */
    void breakStore() {
        redis.get().rename(names.values(), names.values() + ".aside");
        redis.get().set(names.values(), "no hash");
    }

    /** The store can be read again, and a change is in it that nobody was told. */
    void repairWith(Change change) {
        redis.get().hset(names.values() + ".aside", change.key(), change.text());
        redis.get().set(names.version(), Long.toString(change.version()));
        redis.get().rename(names.values() + ".aside", names.values());
    }
}
