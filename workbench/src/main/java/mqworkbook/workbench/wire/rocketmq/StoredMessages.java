package mqworkbook.workbench.wire.rocketmq;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** A body that consists of messages in the form in which a broker stores them. */
final class StoredMessages {

    private static final int MOST_SHOWN = 32;

    /** Up to the host on which the message was born: MessageDecoder 5.5.0. */
    private static final int BORN_HOST = MessageDecoder.SYSFLAG_POSITION + 4 + 8;

    private static final int SHORTEST = BORN_HOST + 8 + 8 + 8;

    private StoredMessages() {}

    /** Changes the IPv4 addresses of the brokers that have stored these messages. */
    static void leadAround(byte[] body, StoreHosts hosts) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        int at = 0;
        while (body.length - at >= SHORTEST) {
            int size = bytes.getInt(at);
            int magic = bytes.getInt(at + MessageDecoder.MESSAGE_MAGIC_CODE_POSITION);
            boolean known = magic == MessageDecoder.MESSAGE_MAGIC_CODE || magic == MessageDecoder.MESSAGE_MAGIC_CODE_V2;
            if (!known || size < SHORTEST || size > body.length - at) {
                return;
            }
            int flags = bytes.getInt(at + MessageDecoder.SYSFLAG_POSITION);
            if ((flags & MessageSysFlag.STOREHOSTADDRESS_V6_FLAG) == 0) {
                int bornHostLength = (flags & MessageSysFlag.BORNHOST_V6_FLAG) == 0 ? 8 : 20;
                hosts.leadAround(bytes, at + BORN_HOST + bornHostLength + 8);
            }
            at += size;
        }
    }

    /** Adds which messages these are, as far as they can be read. */
    static void describe(byte[] body, Map<String, Object> fields) {
        List<MessageExt> messages = decode(body);
        fields.put("message-count", messages.size());
        fields.put(
                "messages",
                messages.stream().limit(MOST_SHOWN).map(StoredMessages::id).toList());
        if (messages.size() == 1 && messages.get(0).getProperties() != null) {
            Fields.addProperties(fields, messages.get(0).getProperties());
        }
    }

    private static String id(MessageExt message) {
        return message.getKeys() == null ? message.getMsgId() : message.getKeys();
    }

    private static List<MessageExt> decode(byte[] body) {
        List<MessageExt> messages = new ArrayList<>();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(body);
            while (bytes.hasRemaining()) {
                // Without the payload: it would be unpacked, and nobody looks at it.
                MessageExt message = MessageDecoder.clientDecode(bytes, false);
                if (message == null) {
                    break;
                }
                messages.add(message);
            }
        } catch (RuntimeException e) {
            // What came before can be told all the same.
        }
        return messages;
    }
}
