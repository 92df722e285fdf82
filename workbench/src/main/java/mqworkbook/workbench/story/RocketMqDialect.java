package mqworkbook.workbench.story;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;

/** RocketMQ remoting: the opaque number leads from an answer to its request, the unique key from a message to its keys. */
final class RocketMqDialect extends Dialect {

    private final Map<String, List<String>> asked = new HashMap<>();
    private final Map<String, List<String>> byUniqueKey = new HashMap<>();

    RocketMqDialect(Recording recording, Consumer<Act> acts) {
        super(recording, acts);
    }

    @Override
    void tell(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        switch (message.name()) {
            case "SEND_MESSAGE", "SEND_MESSAGE_V2", "SEND_BATCH_MESSAGE" -> send(passage);
            case "PULL_MESSAGE", "LITE_PULL_MESSAGE", "POP_MESSAGE" -> {
                if (!isRequest(message) && message.fields().get("messages") instanceof List<?> messages) {
                    List<String> ids = messages.stream().map(String::valueOf).toList();
                    int attempts = number(message.field("RECONSUME_TIME"));
                    message(passage, attempts > 0 ? "redeliver" : "deliver", ids, "");
                }
            }
            case "CONSUMER_SEND_MSG_BACK" -> {
                if (isRequest(message)) {
                    List<String> ids = byUniqueKey.getOrDefault(message.field("originMsgId"), List.of());
                    message(passage, "send back", ids, "to be retried later");
                }
            }
            case "END_TRANSACTION" -> {
                String result = message.field("commitOrRollback").toLowerCase(Locale.ROOT);
                message(passage, result.isEmpty() ? "end" : result, ofTransaction(message), "the half message");
            }
            case "CHECK_TRANSACTION_STATE" ->
                message(passage, "ask back", ofTransaction(message), "what became of the transaction?");
            default -> {
                // Says nothing of a message.
            }
        }
    }

    private void send(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        String request = connection(passage) + "/" + message.field("opaque");
        if (!isRequest(message)) {
            List<String> ids = asked.getOrDefault(request, List.of());
            boolean stored = message.field("code").equals("SUCCESS");
            String queue = "queue " + message.field("queueId") + ", offset " + message.field("queueOffset");
            message(passage, stored ? "confirm" : "refuse", ids, stored ? queue : message.field("code"));
            return;
        }
        String unique = message.field("UNIQ_KEY");
        String keys = message.field("KEYS");
        List<String> ids = keys.isEmpty() ? List.of(unique) : List.of(keys);
        asked.put(request, ids);
        byUniqueKey.put(unique, ids);
        boolean half = Boolean.parseBoolean(message.field("TRAN_MSG"));
        message(passage, half ? "half message" : "send", ids, "queue " + message.field("queueId"));
    }

    private List<String> ofTransaction(WireMessage message) {
        return byUniqueKey.getOrDefault(message.field("transactionId"), Ids.first(message.field("KEYS")));
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
