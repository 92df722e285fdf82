package mqworkbook.workbench.wire.redis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A command that a client has sent.
 *
 * @param words the first of its words, name and sub-command included
 * @param count number of all its words
 */
record RespCommand(String name, List<String> words, long count) {

    private static final Set<String> CONTAINERS = Set.of(
            "acl",
            "client",
            "cluster",
            "command",
            "config",
            "debug",
            "function",
            "latency",
            "memory",
            "module",
            "object",
            "pubsub",
            "script",
            "sentinel",
            "slowlog",
            "xgroup",
            "xinfo");

    /** Their arguments may be passwords, which no history may hold. */
    private static final Set<String> SECRETIVE = Set.of("auth", "acl.setuser", "config.set", "migrate");

    private static final Set<String> SUBSCRIPTIONS =
            Set.of("subscribe", "unsubscribe", "psubscribe", "punsubscribe", "ssubscribe", "sunsubscribe");

    private static final int LONGEST_WORD = 128;

    /** The command that this value is, or {@code null} if no server would take it for one. */
    static RespCommand of(RespValue value) {
        if (value.top().type() == RespValue.INLINE) {
            List<String> words = Stream.of(value.top().text().strip().split("\\s+"))
                    .map(word -> word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "…" : word)
                    .toList();
            return new RespCommand(name(words), words, words.size());
        }
        List<RespValue.Item> items = value.elements();
        boolean strings = items.stream().allMatch(item -> item.type() == '$');
        if (value.top().type() != '*' || items.isEmpty() || !strings) {
            return null;
        }
        List<String> words = items.stream().map(RespValue.Item::text).toList();
        return new RespCommand(name(words), words, value.top().length());
    }

    private static String name(List<String> words) {
        String first = words.get(0).toLowerCase(Locale.ROOT);
        boolean container = CONTAINERS.contains(first) && words.size() > 1;
        return container ? first + "." + words.get(1).toLowerCase(Locale.ROOT) : first;
    }

    boolean is(String other) {
        return name.equals(other);
    }

    /** The n-th word in lower case, from 0; empty if there is none. */
    String word(int n) {
        return n < words.size() ? words.get(n).toLowerCase(Locale.ROOT) : "";
    }

    boolean isSubscription() {
        return SUBSCRIPTIONS.contains(name);
    }

    /** How many replies it gets; an unsubscription from everything at least one. */
    long replies() {
        return isSubscription() ? Math.max(1, count - 1) : 1;
    }

    /** Number of words before the user and the password. */
    private int helloLength() {
        int credentials = words.stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList()
                .indexOf("auth");
        return credentials < 0 ? words.size() : credentials;
    }

    /** Number of words in its name; commands of modules have dots in theirs. */
    private int nameLength() {
        return is(word(0)) ? 1 : 2;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("argument-count", count - nameLength());
        if (SECRETIVE.contains(name)) {
            return fields;
        }
        fields.put("arguments", words.subList(nameLength(), is("hello") ? helloLength() : words.size()));
        if (isSubscription() || is("publish") || is("spublish")) {
            if (words.size() > 1) {
                fields.put("channel", words.get(1));
            }
        } else {
            String key = RespKeys.first(name, words);
            if (key != null) {
                fields.put("key", key);
            }
        }
        return fields;
    }
}
