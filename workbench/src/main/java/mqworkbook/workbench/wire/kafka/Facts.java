package mqworkbook.workbench.wire.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Collects what one message says, about itself and about partitions. Used by one thread until it is complete. */
final class Facts {

    private final TopicNames names;
    private final Map<String, Object> own = new TreeMap<>();
    private final Set<String> topics = new LinkedHashSet<>();
    private final Map<TopicPartition, Map<String, Object>> parts = new LinkedHashMap<>();

    /** Where facts go: the message's own, or those of the partition that was named last. */
    private Map<String, Object> current = own;

    Facts(TopicNames names) {
        this.names = names;
    }

    /** Adds a field; nothing, empty text and empty lists are left out. */
    Facts put(String field, Object value) {
        if (value != null && !"".equals(value) && !(value instanceof Collection<?> list && list.isEmpty())) {
            current.put(field, value);
        }
        return this;
    }

    /** Adds a number unless it is -1, which means none throughout the protocol. */
    Facts number(String field, long value) {
        return value == -1 ? this : put(field, value);
    }

    Facts number(String field, int value) {
        return value == -1 ? this : put(field, value);
    }

    /** Adds the error, if it is one and there is none yet. */
    Facts error(Errors error) {
        if (error != Errors.NONE) {
            current.putIfAbsent("error", error.name());
        }
        return this;
    }

    Facts error(short code) {
        return error(Errors.forCode(code));
    }

    /** The message is about this topic. */
    Facts topic(String name, Uuid id) {
        names.learn(id, name);
        topics.add(names.of(name, id));
        return this;
    }

    Facts topic(String name) {
        return topic(name, Uuid.ZERO_UUID);
    }

    /** What follows is about this partition. */
    Facts partition(String name, Uuid id, int partition) {
        topic(name, id);
        current = parts.computeIfAbsent(new TopicPartition(names.of(name, id), partition), key -> new TreeMap<>());
        return this;
    }

    Facts partition(String name, int partition) {
        return partition(name, Uuid.ZERO_UUID, partition);
    }

    /** {@code uploads-0}, for lists. */
    String partitionText(Uuid id, int partition) {
        return names.of("", id) + "-" + partition;
    }

    /** Adds what the request has said, of partitions only where this is about them too. */
    Facts asReplyTo(Facts request) {
        request.own.forEach(own::putIfAbsent);
        parts.forEach((partition, fields) ->
                request.parts.getOrDefault(partition, Map.of()).forEach(fields::putIfAbsent));
        return this;
    }

    /** As fields of a message: the only topic and the only partition by themselves, several as lists. */
    Map<String, Object> toFields() {
        Map<String, Object> fields = new TreeMap<>(own);
        if (topics.size() == 1) {
            fields.put("topic", topics.iterator().next());
        } else if (!topics.isEmpty()) {
            fields.put("topics", List.copyOf(topics));
        }
        if (parts.size() == 1) {
            parts.forEach((partition, ofPart) -> {
                fields.put("partition", partition.partition());
                ofPart.forEach(fields::putIfAbsent);
            });
        } else if (!parts.isEmpty()) {
            fields.put("partitions", parts.entrySet().stream().map(Facts::part).toList());
            summarise(fields);
        }
        return Collections.unmodifiableMap(fields);
    }

    private static KafkaPart part(Map.Entry<TopicPartition, Map<String, Object>> part) {
        return new KafkaPart(
                part.getKey().topic(), part.getKey().partition(), Collections.unmodifiableMap(part.getValue()));
    }

    /** What a reader of many partitions asks first: the first error, how many records, and their keys. */
    private void summarise(Map<String, Object> fields) {
        long records = 0;
        List<Object> keys = new ArrayList<>();
        for (Map<String, Object> part : parts.values()) {
            if (part.containsKey("error")) {
                fields.putIfAbsent("error", part.get("error"));
            }
            records += (Long) part.getOrDefault("record-count", 0L);
            keys.addAll((List<?>) part.getOrDefault("keys", List.of()));
        }
        if (records > 0) {
            fields.put("record-count", records);
        }
        if (!keys.isEmpty()) {
            fields.put("keys", Collections.unmodifiableList(keys));
        }
    }
}
