package mqworkbook.workbench.wire.amqp;

import com.rabbitmq.client.impl.AMQContentHeader;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Method;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireMessage;

/** Makes messages of the payloads of single frames, with the RabbitMQ client's own codec. */
final class AmqpDecoder {

    private final Direction direction;
    private final long connection;

    AmqpDecoder(Direction direction, long connection) {
        this.direction = direction;
        this.connection = connection;
    }

    /** The content that this method frame begins, complete at once if the method has none; raw if it is not known. */
    Content method(int channel, byte[] bytes, int offset, int length) {
        try {
            Method method = AMQImpl.readMethodFrom(input(bytes, offset, length));
            Map<String, Object> fields = new TreeMap<>();
            AmqpFields.collect(method, fields);
            WireMessage message = message(channel, method.protocolMethodName(), fields);
            return method.hasContent() ? Content.begun(message) : Content.complete(message);
        } catch (IOException | RuntimeException e) {
            return Content.complete(raw(channel, "method", length));
        }
    }

    /** The properties in a content header frame, or {@code null} if they cannot be read. */
    Header header(byte[] bytes, int offset, int length) {
        try {
            AMQContentHeader header = AMQImpl.readContentHeaderFrom(input(bytes, offset, length));
            Map<String, Object> fields = new TreeMap<>();
            AmqpFields.collect(header, fields);
            fields.put("body-size", header.getBodySize());
            return new Header(header.getBodySize(), fields);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** A message that is not a method: a heartbeat, the protocol header. */
    WireMessage message(int channel, String name, Map<String, Object> fields) {
        return new WireMessage(direction, connection, channel, name, Collections.unmodifiableMap(fields));
    }

    /** What was not decoded. */
    WireMessage raw(int channel, String frame, long size) {
        return message(channel, "raw", new TreeMap<>(Map.of("frame", frame, "size", size)));
    }

    private static DataInputStream input(byte[] bytes, int offset, int length) {
        return new DataInputStream(new ByteArrayInputStream(bytes, offset, length));
    }

    record Header(long bodySize, Map<String, Object> fields) {}
}
