package mqworkbook.workbench.wire.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.workbench.wire.WireMessage;

/**
 * What a message says about one partition: {@code uploads-0 offset=5}.
 *
 * @param fields as listed at {@link KafkaProtocol}
 */
public record KafkaPart(String topic, int partition, Map<String, Object> fields) {

    /** All parts of a message in their order, one or many; empty for a message that is about no partition. */
    public static List<KafkaPart> of(WireMessage message) {
        if (message.fields().get("partitions") instanceof List<?> parts) {
            return parts.stream().map(KafkaPart.class::cast).toList();
        }
        return message.fields().get("partition") instanceof Integer partition
                ? List.of(new KafkaPart(message.field("topic"), partition, message.fields()))
                : List.of();
    }

    /** What the message says about that partition, if anything. */
    public static Optional<KafkaPart> of(WireMessage message, String topic, int partition) {
        return of(message).stream()
                .filter(part -> part.topic.equals(topic) && part.partition == partition)
                .findFirst();
    }

    /** Whether the message is about that topic, alone or among others. */
    public static boolean concerns(WireMessage message, String topic) {
        return message.field("topic").equals(topic)
                || (message.fields().get("topics") instanceof List<?> topics && topics.contains(topic));
    }

    /** The field as text, empty when the part has no such field. */
    public String field(String field) {
        Object value = fields.get(field);
        return value == null ? "" : value.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(topic).append('-').append(partition);
        fields.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }
}
