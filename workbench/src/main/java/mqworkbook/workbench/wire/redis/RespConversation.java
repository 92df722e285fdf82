package mqworkbook.workbench.wire.redis;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Protocol;
import mqworkbook.workbench.wire.Splitter;
import mqworkbook.workbench.wire.Unit;
import mqworkbook.workbench.wire.WireMessage;

/** Makes messages of the values on one connection. */
final class RespConversation implements Protocol.Conversation {

    private final long connection;
    private final Pending pending = new Pending();

    RespConversation(long connection) {
        this.connection = connection;
    }

    @Override
    public Splitter splitter(Direction direction) {
        return new RespSplitter(this, direction);
    }

    /** The message that a value is; its size may not be known yet. */
    Unit unit(Direction direction, RespValue value) {
        return direction == Direction.TO_BROKER ? command(value) : reply(value);
    }

    private Unit command(RespValue value) {
        RespCommand command = RespCommand.of(value);
        if (command == null) {
            return new Unit(raw(Direction.TO_BROKER, value.size()));
        }
        return unit(
                message(Direction.TO_BROKER, command.name(), command.fields(), value.size()), pending.asked(command));
    }

    private Unit reply(RespValue value) {
        Pending.Awaited answered = pending.answered(value.top(), value.elements());
        boolean pushed = !pending.isVital(answered) && answered.name().startsWith(Pending.PUSH);
        Map<String, Object> fields =
                pushed && !value.elements().isEmpty() ? push(value.elements()) : reply(value.top());
        WireMessage message = message(Direction.TO_CLIENT, answered.name(), fields, value.size());
        return pending.isLost(answered) ? Unit.lost(message) : unit(message, answered);
    }

    private Unit unit(WireMessage message, Pending.Awaited command) {
        return pending.isVital(command) ? new Unit(message, () -> pending.dropped(command)) : new Unit(message);
    }

    /** What was not decoded. */
    WireMessage raw(Direction direction, long size) {
        return message(direction, "raw", new TreeMap<>(), size);
    }

    private WireMessage message(Direction direction, String name, Map<String, Object> fields, long size) {
        if (size >= 0) {
            fields.put("size", size);
        }
        return new WireMessage(direction, connection, 0, name, Collections.unmodifiableMap(fields));
    }

    private static Map<String, Object> reply(RespValue.Item top) {
        Map<String, Object> fields = new TreeMap<>();
        switch (top.type()) {
            case '-', '!' -> fields.put("error", top.text());
            case '*', '~', '%', '>' -> fields.put("elements", top.length());
            case ':' -> fields.put("value", number(top.text()));
            default -> fields.put("value", top.text());
        }
        return fields;
    }

    private static Map<String, Object> push(List<RespValue.Item> elements) {
        Map<String, Object> fields = new TreeMap<>();
        String kind = elements.get(0).text();
        int channel = kind.equals("pmessage") ? 2 : 1;
        if (channel == 2 && elements.size() > 1) {
            fields.put("pattern", elements.get(1).text());
        }
        if (elements.size() > channel) {
            fields.put("channel", elements.get(channel).text());
        }
        if (elements.size() > channel + 1) {
            RespValue.Item last = elements.get(channel + 1);
            boolean message = kind.endsWith("message");
            fields.put(message ? "payload" : "subscriptions", message ? last.text() : number(last.text()));
        }
        return fields;
    }

    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
