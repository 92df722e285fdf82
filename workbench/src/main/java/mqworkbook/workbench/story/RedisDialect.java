package mqworkbook.workbench.story;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;

/** Redis: replies come in the order of their commands, so the oldest command of that name is the one that is answered. */
final class RedisDialect extends Dialect {

    private static final int LONGEST = 60;

    /** They are about the connection, or read at the leisure of a loop. */
    private static final Set<String> SILENT =
            Set.of("hello", "auth", "select", "ping", "client.setinfo", "client.maint_notifications", "raw");

    private final Map<String, Deque<List<String>>> asked = new HashMap<>();

    RedisDialect(Recording recording, Consumer<Act> acts) {
        super(recording, acts);
    }

    @Override
    void tell(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        if (SILENT.contains(message.name())) {
            return;
        }
        String arguments = message.field("arguments");
        if (message.name().startsWith("push.")) {
            message(passage, "push", List.copyOf(Ids.in(message.fields().toString())), message.field("channel"));
        } else if (isRequest(message)) {
            List<String> ids = List.copyOf(Ids.in(arguments));
            pending(passage).add(ids);
            message(passage, message.name(), ids, cut(arguments));
        } else {
            List<String> ids = pending(passage).poll();
            String what = message.field("error").isEmpty() ? "reply" : "error";
            message(passage, what, ids == null ? List.of() : ids, message.name() + ": " + text(message));
        }
    }

    private Deque<List<String>> pending(WireEvent.Passage passage) {
        return asked.computeIfAbsent(
                connection(passage) + "/" + passage.message().name(), command -> new ArrayDeque<>());
    }

    private static String text(WireMessage reply) {
        for (String field : List.of("error", "value", "message", "elements")) {
            if (!reply.field(field).isEmpty()) {
                return cut(reply.field(field) + (field.equals("elements") ? " elements" : ""));
            }
        }
        return "nothing";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
