package mqworkbook.workbench.wire.rocketmq;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.remoting.protocol.RequestCode;

/** Makes fields of a header, under names that a reader of the client's documentation knows. */
final class Fields {

    private static final String PROPERTIES = "properties";

    /** They carry credentials, which no history may hold. */
    private static final Set<String> LEFT_OUT = Set.of("AccessKey", "SecurityToken", "Signature");

    private static final Set<Integer> ABBREVIATED =
            Set.of(RequestCode.SEND_MESSAGE_V2, RequestCode.SEND_BATCH_MESSAGE, RequestCode.SEND_REPLY_MESSAGE_V2);

    /** SendMessageRequestHeaderV2 5.5.0, in its comments. */
    private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
            Map.entry("a", "producerGroup"),
            Map.entry("b", "topic"),
            Map.entry("c", "defaultTopic"),
            Map.entry("d", "defaultTopicQueueNums"),
            Map.entry("e", "queueId"),
            Map.entry("f", "sysFlag"),
            Map.entry("g", "bornTimestamp"),
            Map.entry("h", "flag"),
            Map.entry("i", PROPERTIES),
            Map.entry("j", "reconsumeTimes"),
            Map.entry("k", "unitMode"),
            Map.entry("l", "maxReconsumeTimes"),
            Map.entry("m", "batch"),
            Map.entry("n", "brokerName"));

    private Fields() {}

    static Map<String, Object> of(Header header, long bodySize) {
        Map<String, Object> fields = new TreeMap<>();
        boolean abbreviated = !header.isReply() && ABBREVIATED.contains(header.request());
        header.extensions().forEach((key, value) -> {
            // JSON that is damaged in the right place has a null for a key.
            if (key == null || value == null) {
                return;
            }
            String name = abbreviated ? ABBREVIATIONS.getOrDefault(key, key) : key;
            if (!LEFT_OUT.contains(name)) {
                fields.put(name, plain(name, value));
            }
        });
        Object properties = fields.remove(PROPERTIES);
        if (properties != null) {
            addProperties(fields, MessageDecoder.string2messageProperties(properties.toString()));
        }
        fields.put("opaque", header.command().getOpaque());
        if (header.isReply()) {
            fields.put("code", Codes.response(header.command().getCode()));
        } else {
            fields.put("oneway", header.command().isOnewayRPC());
        }
        if (header.command().getRemark() != null) {
            fields.put("remark", header.command().getRemark());
        }
        if (bodySize > 0) {
            fields.put("body-size", bodySize);
        }
        return fields;
    }

    /** A property must not hide what the protocol itself says. */
    static void addProperties(Map<String, Object> fields, Map<String, String> properties) {
        properties.forEach(fields::putIfAbsent);
    }

    private static Object plain(String name, String value) {
        if (name.equals("commitOrRollback")) {
            return Codes.ending(value);
        }
        return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    }
}
