package mqworkbook.workbench.wire.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows which command a reply belongs to: both go in the same order. What the server sends unasked must not take a
 * command's place, and is told apart here. A client that misses one reply takes the next for it; so once something was
 * dropped, all replies that would come later are lost as well. Used by the threads of both directions.
 */
final class Pending {

    /** A reply to no command that was seen. */
    static final String UNKNOWN = "reply";

    static final String PUSH = "push.";

    private static final Pattern MONITORED = Pattern.compile("\\d+\\.\\d+ \\[.*", Pattern.DOTALL);

    /** No client has that many commands on the way; whoever seems to is not understood. */
    private static final int MOST = 1 << 20;

    private static final Set<String> MESSAGES = Set.of("message", "pmessage", "smessage");
    private static final Set<String> CONFIRMATIONS =
            Set.of("subscribe", "unsubscribe", "psubscribe", "punsubscribe", "ssubscribe", "sunsubscribe");

    /** A command on its way, or the reply to it. */
    static final class Awaited {
        private final String name;
        private final long number;
        private long replies;

        private Awaited(String name, long number, long replies) {
            this.name = name;
            this.number = number;
            this.replies = replies;
        }

        String name() {
            return name;
        }
    }

    private final Deque<Awaited> awaited = new ArrayDeque<>();
    private long asked;
    private long firstDropped = Long.MAX_VALUE;
    private long subscriptions;
    private boolean resp3;
    private boolean monitoring;
    private boolean silent;
    private boolean skipsNext;

    /** A command goes to the server; {@code null} if it gets no reply. */
    synchronized Awaited asked(RespCommand command) {
        if (command.is("client.reply") && !command.word(2).equals("on")) {
            silent |= command.word(2).equals("off");
            skipsNext = command.word(2).equals("skip");
            return null;
        }
        silent &= !command.is("client.reply");
        monitoring |= command.is("monitor");
        if (silent || skipsNext) {
            skipsNext = false;
            return null;
        }
        if (awaited.size() == MOST) {
            awaited.clear();
        }
        awaited.add(new Awaited(command.name(), ++asked, command.replies()));
        return awaited.getLast();
    }

    /**
     * The command that this answers. What answers none has the name {@code push.} and what it is, or {@link #UNKNOWN}.
     */
    synchronized Awaited answered(RespValue.Item top, List<RespValue.Item> elements) {
        String kind = elements.isEmpty() ? "" : elements.get(0).text();
        if (top.type() == '>' || (top.type() == '*' && isPushOfResp2(kind))) {
            if (CONFIRMATIONS.contains(kind)) {
                confirmed(kind, elements);
            }
            return none(kind.isEmpty() ? "push" : PUSH + kind);
        }
        if (monitoring && top.type() == '+' && MONITORED.matcher(top.text()).matches()) {
            return none(PUSH + "monitor");
        }
        Awaited command = awaited.poll();
        if (command == null) {
            return none(UNKNOWN);
        }
        if (command.name.equals("hello")) {
            resp3 = top.type() == '%';
        } else if (command.name.equals("reset")) {
            resp3 = false;
            monitoring = false;
            subscriptions = 0;
        }
        return command;
    }

    /** The command, or its reply, is not handed on. */
    synchronized void dropped(Awaited command) {
        awaited.remove(command);
        firstDropped = Math.min(firstDropped, command.number);
    }

    /** Whether the client cannot make sense of this reply any more. */
    synchronized boolean isLost(Awaited command) {
        return command.number > firstDropped;
    }

    /** Whether the others cannot be read without it. */
    boolean isVital(Awaited command) {
        return command != null && command.number > 0;
    }

    private static Awaited none(String name) {
        return new Awaited(name, 0, 0);
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
