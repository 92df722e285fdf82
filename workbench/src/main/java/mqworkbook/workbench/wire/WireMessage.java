package mqworkbook.workbench.wire;

import java.util.Map;

/**
 * One protocol message that passed the relay, decoded.
 *
 * @param direction which way it went
 * @param connection number of the client connection within its relay, from 1
 * @param channel AMQP channel number, 0 for the connection itself and for protocols without channels
 * @param name the protocol's own name: {@code basic.publish}, {@code basic.ack}; {@code raw} if it was not decoded
 * @param fields the method's arguments by the protocol's names ({@code routing-key}, {@code delivery-tag},
 *     {@code multiple}); for messages with content also {@code message-id}, {@code delivery-mode}, {@code body-size}, and
 *     of AMQP {@code body}, whose beginning is there once the message has passed
 */
public record WireMessage(Direction direction, long connection, int channel, String name, Map<String, Object> fields) {

    /** Whether this is the named protocol message. */
    public boolean is(String protocolName) {
        return name.equals(protocolName);
    }

    /** The argument as text, empty when the message has no such argument. */
    public String field(String field) {
        Object value = fields.get(field);
        return value == null ? "" : value.toString();
    }
}
