package mqworkbook.workbench.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;

/** AMQP 0-9-1 with RabbitMQ's confirms: tags, which both sides count on each channel, lead from an answer to its message. */
final class AmqpDialect extends Dialect {

    /** What a channel owes: messages by publish number, and by delivery tag. */
    private static final class ChannelState {

        private final NavigableMap<Long, List<String>> published = new TreeMap<>();
        private final NavigableMap<Long, List<String>> delivered = new TreeMap<>();
        private long publishes;
        private boolean autoAck;
    }

    private final Map<String, ChannelState> channels = new HashMap<>();

    AmqpDialect(Recording recording, Consumer<Act> acts) {
        super(recording, acts);
    }

    @Override
    void tell(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        ChannelState channel =
                channels.computeIfAbsent(connection(passage) + "/" + message.channel(), id -> new ChannelState());
        switch (message.name()) {
            case "basic.publish" -> {
                channel.published.put(++channel.publishes, ids(message));
                message(passage, "publish", ids(message), "to " + target(message));
            }
            case "basic.return" ->
                message(
                        passage,
                        "return",
                        ids(message),
                        message.field("reply-text").toLowerCase(Locale.ROOT));
            case "basic.consume" -> {
                channel.autoAck |= Boolean.parseBoolean(message.field("no-ack"));
                if (channel.autoAck) {
                    context(passage, "consume", "auto-ack, " + message.field("queue"));
                }
            }
            case "basic.deliver", "basic.get-ok" -> delivered(passage, channel);
            case "basic.ack" -> message(passage, isRequest(message) ? "ack" : "confirm", settled(message, channel), "");
            case "channel.close" -> {
                if (!isRequest(message)) {
                    context(passage, "closes", "the channel: " + message.field("reply-text"));
                }
            }
            case "basic.nack", "basic.reject" -> refused(passage, channel);
            default -> {
                // Says nothing of a message.
            }
        }
    }

    private void delivered(WireEvent.Passage passage, ChannelState channel) {
        WireMessage message = passage.message();
        channel.delivered.put(tag(message), ids(message));
        boolean again = Boolean.parseBoolean(message.field("redelivered"));
        message(passage, again ? "redeliver" : "deliver", ids(message), channel.autoAck ? "auto-ack" : "");
    }

    private void refused(WireEvent.Passage passage, ChannelState channel) {
        WireMessage message = passage.message();
        List<String> ids = settled(message, channel);
        if (isRequest(message)) {
            boolean requeue = Boolean.parseBoolean(message.field("requeue"));
            String what = message.name().replace("basic.", "");
            message(passage, what, ids, requeue ? "back into the queue" : "not back into the queue");
        } else {
            message(passage, "nack", ids, "the broker refuses it");
        }
    }

    /** What a tag stands for; with multiple, it and all before. */
    private static List<String> settled(WireMessage message, ChannelState channel) {
        NavigableMap<Long, List<String>> open = isRequest(message) ? channel.delivered : channel.published;
        long tag = tag(message);
        if (!Boolean.parseBoolean(message.field("multiple"))) {
            List<String> ids = open.remove(tag);
            return ids == null ? List.of() : ids;
        }
        // Tag 0 with multiple means all (AMQP 0-9-1, basic.ack).
        NavigableMap<Long, List<String>> all = open.headMap(tag == 0 ? Long.MAX_VALUE : tag, true);
        List<String> ids = new ArrayList<>();
        all.values().forEach(ids::addAll);
        all.clear();
        return ids;
    }

    private static List<String> ids(WireMessage message) {
        String id = message.field("message-id");
        // An id of the message alone says less than that of the business event in it.
        List<String> event = Ids.in(id).contains(id) ? List.of(id) : Ids.first(message.field("body"));
        return event.isEmpty() && !id.isEmpty() ? List.of(id) : event;
    }

    private static String target(WireMessage message) {
        String exchange = message.field("exchange");
        String key = message.field("routing-key");
        return exchange.isEmpty() ? key : exchange + (key.isEmpty() ? "" : ", " + key);
    }

    private static long tag(WireMessage message) {
        return Long.parseLong(message.field("delivery-tag"));
    }
}
