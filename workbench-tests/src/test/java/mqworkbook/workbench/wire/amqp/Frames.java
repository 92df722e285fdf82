package mqworkbook.workbench.wire.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.Method;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Hand-made AMQP frames, written by the RabbitMQ client's own encoder. */
public final class Frames {

    private Frames() {}

    public static byte[] protocolHeader() {
        return new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    }

    public static byte[] heartbeat() {
        return bytes(new Frame(AMQP.FRAME_HEARTBEAT, 0));
    }

    public static byte[] method(int channel, com.rabbitmq.client.Method method) {
        try {
            return bytes(((Method) method).toFrame(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A well-formed frame of any type with any payload. */
    public static byte[] frame(int type, int channel, byte[] payload) {
        return bytes(new Frame(type, channel, ByteBuffer.wrap(payload)));
    }

    public static byte[] header(int channel, AMQP.BasicProperties properties, long bodySize) {
        try {
            return bytes(properties.toFrame(channel, bodySize));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Method, header and body frames of one message, none of the latter for an empty body. */
    public static List<byte[]> content(
            int channel,
            com.rabbitmq.client.Method method,
            AMQP.BasicProperties properties,
            byte[] body,
            int frameMax) {
        List<byte[]> frames = new ArrayList<>();
        frames.add(method(channel, method));
        frames.add(header(channel, properties, body.length));
        for (int at = 0; at < body.length; at += frameMax) {
            int length = Math.min(frameMax, body.length - at);
            frames.add(bytes(Frame.fromBodyFragment(channel, ByteBuffer.wrap(body), at, length)));
        }
        return frames;
    }

    public static List<byte[]> publish(int channel, String messageId, byte[] body, int frameMax) {
        AMQP.Basic.Publish publish = new AMQP.Basic.Publish.Builder()
                .exchange("orders")
                .routingKey("order.placed")
                .mandatory(true)
                .build();
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .messageId(messageId)
                .deliveryMode(2)
                .build();
        return content(channel, publish, properties, body, frameMax);
    }

    public static byte[] publish(int channel, String messageId) {
        return join(publish(channel, messageId, new byte[] {'h', 'e', 'l', 'l', 'o'}, 131_072));
    }

    public static byte[] ack(int channel, long deliveryTag) {
        return method(
                channel, new AMQP.Basic.Ack.Builder().deliveryTag(deliveryTag).build());
    }

    public static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    public static byte[] join(byte[]... parts) {
        return join(List.of(parts));
    }

    private static byte[] bytes(Frame frame) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            frame.writeTo(new DataOutputStream(out));
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
