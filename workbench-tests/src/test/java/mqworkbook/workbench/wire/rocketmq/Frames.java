package mqworkbook.workbench.wire.rocketmq;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.CommandCustomHeader;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.SerializeType;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.SendMessageRequestHeaderV2;

/** Frames made by the client's own codec. */
final class Frames {

    static final InetSocketAddress BROKER = new InetSocketAddress("10.0.0.7", 10911);

    private Frames() {}

    static byte[] bytes(RemotingCommand command) {
        ByteBuffer buffer = command.encode();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static RemotingCommand request(int code, int opaque, CommandCustomHeader header) {
        RemotingCommand command = RemotingCommand.createRequestCommand(code, header);
        command.setOpaque(opaque);
        return command;
    }

    static RemotingCommand request(int code, int opaque, Map<String, String> fields) {
        RemotingCommand command = request(code, opaque, (CommandCustomHeader) null);
        command.setExtFields(new HashMap<>(fields));
        return command;
    }

    static RemotingCommand reply(int code, int opaque, Map<String, String> fields) {
        RemotingCommand command = RemotingCommand.createResponseCommand(code, null);
        command.setOpaque(opaque);
        command.setExtFields(new HashMap<>(fields));
        return command;
    }

    static RemotingCommand send(int opaque, String key, byte[] body, SerializeType type) {
        SendMessageRequestHeader header = new SendMessageRequestHeader();
        header.setProducerGroup("shop");
        header.setTopic("orders");
        header.setDefaultTopic("TBW102");
        header.setDefaultTopicQueueNums(4);
        header.setQueueId(2);
        header.setSysFlag(0);
        header.setBornTimestamp(1L);
        header.setFlag(0);
        header.setBatch(false);
        header.setProperties(MessageDecoder.messageProperties2String(Map.of(
                MessageConst.PROPERTY_KEYS,
                key,
                MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX,
                "u-" + key,
                MessageConst.PROPERTY_TRANSACTION_PREPARED,
                "true")));
        RemotingCommand command = request(
                RequestCode.SEND_MESSAGE_V2,
                opaque,
                SendMessageRequestHeaderV2.createSendMessageRequestHeaderV2(header));
        command.setSerializeTypeCurrentRPC(type);
        command.setBody(body);
        return command;
    }

    static byte[] stored(String... keys) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String key : keys) {
            bytes.writeBytes(stored(key));
        }
        return bytes.toByteArray();
    }

    static byte[] storedWithoutProperties() {
        return encoded(new MessageExt());
    }

    private static byte[] stored(String key) {
        MessageExt message = new MessageExt();
        message.setKeys(key);
        return encoded(message);
    }

    private static byte[] encoded(MessageExt message) {
        message.setTopic("orders");
        message.setBody("hello".getBytes(StandardCharsets.UTF_8));
        message.setBornHost(new InetSocketAddress("10.0.0.9", 4711));
        message.setStoreHost(BROKER);
        message.setCommitLogOffset(77);
        try {
            return MessageDecoder.encode(message, false);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
