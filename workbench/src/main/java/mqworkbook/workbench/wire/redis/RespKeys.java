package mqworkbook.workbench.wire.redis;

import java.util.List;
import java.util.Set;

/** Where the first key of a command stands. */
final class RespKeys {

    private static final Set<String> WITHOUT = Set.of(
            "asking",
            "bgrewriteaof",
            "bgsave",
            "dbsize",
            "discard",
            "echo",
            "exec",
            "failover",
            "flushall",
            "flushdb",
            "info",
            "keys",
            "lastsave",
            "lolwut",
            "monitor",
            "multi",
            "ping",
            "psync",
            "quit",
            "randomkey",
            "readonly",
            "readwrite",
            "replconf",
            "replicaof",
            "reset",
            "role",
            "save",
            "scan",
            "select",
            "shutdown",
            "slaveof",
            "swapdb",
            "sync",
            "time",
            "unwatch",
            "wait",
            "waitaof");

    private RespKeys() {}

    /** The first key, or {@code null} if the command has none. A command that is not known is taken to begin with it. */
    static String first(String name, List<String> words) {
        int position = position(name, words);
        return position > 0 && position < words.size() ? words.get(position) : null;
    }

    private static int position(String name, List<String> words) {
        return switch (name) {
            case "eval", "eval_ro", "evalsha", "evalsha_ro", "fcall", "fcall_ro" ->
                words.size() > 2 && !words.get(2).equals("0") ? 3 : 0;
            case "xread", "xreadgroup" -> streams(words);
            case "blmpop", "bzmpop" -> 3;
            case "bitop", "lmpop", "zmpop", "sintercard", "zinter", "zintercard", "zunion", "zdiff", "memory.usage" ->
                2;
            default -> {
                boolean container = !words.get(0).equalsIgnoreCase(name);
                boolean onKeys = name.startsWith("xgroup.") || name.startsWith("xinfo.") || name.startsWith("object.");
                yield WITHOUT.contains(name) ? 0 : !container ? 1 : onKeys ? 2 : 0;
            }
        };
    }

    private static int streams(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equalsIgnoreCase("streams")) {
                return i + 1;
            }
        }
        return 0;
    }
}
