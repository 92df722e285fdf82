package mqworkbook.workbench.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;
import mqworkbook.workbench.wire.kafka.KafkaPart;

/** Kafka: offsets lead from what was fetched and committed to the keys of what was produced there. */
final class KafkaDialect extends Dialect {

    private final Map<String, TreeMap<Long, String>> keys = new HashMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final Map<String, List<String>> inTransaction = new HashMap<>();
    private final Set<String> fetched = new HashSet<>();

    KafkaDialect(Recording recording, Consumer<Act> acts) {
        super(recording, acts);
    }

    @Override
    void tell(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        switch (message.name()) {
            case "Produce" -> produce(passage);
            case "Fetch" -> {
                if (!isRequest(message)) {
                    KafkaPart.of(message).forEach(part -> deliver(passage, part));
                }
            }
            case "OffsetCommit", "TxnOffsetCommit" -> commit(passage);
            case "EndTxn" -> {
                if (isRequest(message)) {
                    List<String> ids = inTransaction.getOrDefault(message.field("transactional-id"), List.of());
                    message(passage, message.field("result"), ids, "the transaction");
                    inTransaction.remove(message.field("transactional-id"));
                }
            }
            default -> {
                // Says nothing of a record.
            }
        }
    }

    private void produce(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        for (KafkaPart part : KafkaPart.of(message)) {
            List<String> ids = texts(part.fields().get("keys"));
            if (isRequest(message)) {
                if (!message.field("transactional-id").isEmpty()) {
                    inTransaction
                            .computeIfAbsent(message.field("transactional-id"), id -> new ArrayList<>())
                            .addAll(ids);
                }
                message(passage, "produce", ids, name(part) + (ids.isEmpty() ? ", no key" : ""));
            } else if (!part.field("error").isEmpty()) {
                message(passage, "refuse", ids, part.field("error"));
            } else {
                if (!part.field("base-offset").isEmpty()) {
                    long base = Long.parseLong(part.field("base-offset"));
                    for (int i = 0; i < ids.size(); i++) {
                        log(part).put(base + i, ids.get(i));
                    }
                }
                String offset =
                        part.field("base-offset").isEmpty() ? "" : "offset " + part.field("base-offset") + " of ";
                message(passage, "confirm", ids, offset + name(part));
            }
        }
    }

    private void deliver(WireEvent.Passage passage, KafkaPart part) {
        if (part.field("record-count").isEmpty()) {
            return;
        }
        long first = Long.parseLong(part.field("first-offset"));
        long last = Long.parseLong(part.field("last-offset"));
        List<String> told = texts(part.fields().get("delivered-keys"));
        for (int i = 0; i < told.size(); i++) {
            log(part).put(first + i, told.get(i));
        }
        boolean again = !fetched.add(passage.relay() + "/" + name(part) + "/" + last);
        message(
                passage,
                again ? "redeliver" : "deliver",
                List.copyOf(log(part).subMap(first, true, last, true).values()),
                (first == last ? "offset " + first : "offsets " + first + "-" + last) + " of " + name(part));
    }

    private void commit(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        if (!isRequest(message)) {
            if (!message.field("error").isEmpty()) {
                context(passage, "refuse", "the commit: " + message.field("error"));
            }
            return;
        }
        for (KafkaPart part : KafkaPart.of(message)) {
            if (!part.field("offset").isEmpty()) {
                long upTo = Long.parseLong(part.field("offset"));
                String group = message.field("group-id") + "/" + name(part);
                long from = committed.getOrDefault(group, 0L);
                committed.put(group, upTo);
                List<String> ids =
                        List.copyOf(log(part).subMap(Math.min(from, upTo), upTo).values());
                message(passage, "commit", ids, "up to offset " + upTo + " of " + name(part));
            }
        }
    }

    private TreeMap<Long, String> log(KafkaPart part) {
        return keys.computeIfAbsent(name(part), topic -> new TreeMap<>());
    }

    private static String name(KafkaPart part) {
        return part.topic() + "-" + part.partition();
    }

    private static List<String> texts(Object list) {
        return list instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }
}
