package mqworkbook.workbench.wire.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Knows which command a reply belongs to: both go in the same order. What the server sends unasked must not take a
 * command's place, and is told apart here. Used by the threads of both directions.
 */
final class Pending {

    /** A reply to no command that was seen. */
    static final String UNKNOWN = "reply";

    /** No client has that many commands on the way; whoever seems to is not understood. */
    private static final int MOST = 1 << 20;

    private static final Set<String> MESSAGES = Set.of("message", "pmessage", "smessage");
    private static final Set<String> CONFIRMATIONS =
            Set.of("subscribe", "unsubscribe", "psubscribe", "punsubscribe", "ssubscribe", "sunsubscribe");

    private static final class Awaited {
        private final String name;
        private long replies;

        Awaited(RespCommand command) {
            this.name = command.name();
            this.replies = command.replies();
        }
    }

    private final Deque<Awaited> awaited = new ArrayDeque<>();
    private long subscriptions;
    private boolean resp3;
    private boolean monitoring;
    private boolean silent;
    private boolean skipsNext;

    /** A command is on its way to the server. */
    synchronized void asked(RespCommand command) {
        if (command.is("client.reply") && !command.word(2).equals("on")) {
            silent |= command.word(2).equals("off");
            skipsNext = command.word(2).equals("skip");
            return;
        }
        silent &= !command.is("client.reply");
        monitoring |= command.is("monitor");
        if (silent || skipsNext) {
            skipsNext = false;
        } else if (awaited.size() < MOST) {
            awaited.add(new Awaited(command));
        } else {
            awaited.clear();
        }
    }

    /** The name of what the server has sent: a command's, {@code push.} and what it is, or {@link #UNKNOWN}. */
    synchronized String answered(RespValue.Item top, List<RespValue.Item> elements) {
        String kind = elements.isEmpty() ? "" : elements.get(0).text();
        if (top.type() == '>' || (top.type() == '*' && isPushOfResp2(kind))) {
            if (CONFIRMATIONS.contains(kind)) {
                confirmed(kind, elements);
            }
            return kind.isEmpty() ? "push" : "push." + kind;
        }
        if (monitoring && top.type() == '+' && top.text().matches("\\d+\\.\\d+ \\[.*")) {
            return "push.monitor";
        }
        Awaited command = awaited.poll();
        if (command == null) {
            return UNKNOWN;
        }
        if (command.name.equals("hello")) {
            resp3 = top.type() == '%';
        } else if (command.name.equals("reset")) {
            resp3 = false;
            monitoring = false;
            subscriptions = 0;
        }
        return command.name;
    }

    /** In RESP2 a push looks like any array; but a connection with subscriptions gets hardly anything else. */
    private boolean isPushOfResp2(String kind) {
        if (resp3) {
            return false;
        }
        Awaited next = awaited.peek();
        boolean confirms = CONFIRMATIONS.contains(kind) && next != null && next.name.equals(kind);
        return confirms || (subscriptions > 0 && (MESSAGES.contains(kind) || CONFIRMATIONS.contains(kind)));
    }

    private void confirmed(String kind, List<RespValue.Item> elements) {
        if (elements.size() > 2 && elements.get(2).text().matches("\\d{1,9}")) {
            subscriptions = Long.parseLong(elements.get(2).text());
        }
        Awaited next = awaited.peek();
        if (next != null && next.name.equals(kind)) {
            next.replies--;
            if (next.replies <= 0) {
                awaited.remove();
            }
        }
    }
}
