package mqworkbook.workbench.rabbitmq;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;

/** Counts, from the wire, what each actor was delivered, and what it has acknowledged or rejected. */
final class Deliveries {

    private record ChannelId(String actor, long connection, int channel) {}

    private final Map<ChannelId, TreeSet<Long>> open = new HashMap<>();
    private final Map<String, Integer> delivered = new HashMap<>();
    private final Map<String, Integer> settled = new HashMap<>();

    synchronized void passed(WireEvent.Passage event) {
        WireMessage message = event.message();
        // A publisher confirm is called basic.ack too, and goes the other way.
        boolean delivery = message.is("basic.deliver") || message.is("basic.get-ok");
        if ((message.direction() == Direction.TO_CLIENT) != delivery) {
            return;
        }
        ChannelId channel = new ChannelId(event.relay(), message.connection(), message.channel());
        switch (message.name()) {
            case "basic.deliver", "basic.get-ok" -> {
                open.computeIfAbsent(channel, id -> new TreeSet<>()).add(tag(message));
                delivered.merge(event.relay(), 1, Integer::sum);
            }
            case "basic.reject" -> settle(channel, tag(message), false);
            case "basic.ack", "basic.nack" ->
                settle(channel, tag(message), Boolean.parseBoolean(message.field("multiple")));
            default -> {
                // Says nothing of a delivery.
            }
        }
    }

    synchronized int delivered(String actor) {
        return delivered.getOrDefault(actor, 0);
    }

    synchronized int settled(String actor) {
        return settled.getOrDefault(actor, 0);
    }

    private void settle(ChannelId channel, long tag, boolean multiple) {
        TreeSet<Long> tags = open.getOrDefault(channel, new TreeSet<>());
        int before = tags.size();
        if (multiple) {
            // Tag 0 with multiple means all (AMQP 0-9-1, basic.ack).
            tags.headSet(tag == 0 ? Long.MAX_VALUE : tag, true).clear();
        } else {
            tags.remove(tag);
        }
        settled.merge(channel.actor(), before - tags.size(), Integer::sum);
    }

    private static long tag(WireMessage message) {
        return Long.parseLong(message.field("delivery-tag"));
    }
}
