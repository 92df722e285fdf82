package mqworkbook.workbench.wire.amqp;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import mqworkbook.workbench.wire.Preview;
import mqworkbook.workbench.wire.Unit;
import mqworkbook.workbench.wire.WireMessage;

/** A message as its frames come in. Its unit is settled once nothing more will be learnt about the message. */
final class Content {

    private static final int LONGEST_BODY = 256;

    private final WireMessage method;
    private Unit unit;
    private long bodyLeft;
    private Preview body;

    private Content(WireMessage method) {
        this.method = method;
    }

    static Content complete(WireMessage message) {
        Content content = new Content(message);
        content.settle();
        return content;
    }

    /** A method whose header frame is still to come. */
    static Content begun(WireMessage method) {
        return new Content(method);
    }

    boolean isSettled() {
        return unit != null;
    }

    Unit unit() {
        return unit;
    }

    /** The header frame has come. */
    void settle(AmqpDecoder.Header header) {
        Map<String, Object> fields = new TreeMap<>(method.fields());
        fields.putAll(header.fields());
        bodyLeft = header.bodySize();
        if (bodyLeft > 0) {
            body = new Preview(LONGEST_BODY);
            fields.put("body", body);
        }
        unit = new Unit(new WireMessage(
                method.direction(),
                method.connection(),
                method.channel(),
                method.name(),
                Collections.unmodifiableMap(fields)));
    }

    /** The header will not come, or not in time, or says nothing: the method has to do. */
    void settle() {
        if (unit == null) {
            unit = new Unit(method);
        }
    }

    /** Bytes of the body; their beginning is shown once they have come. */
    void body(byte[] bytes, int offset, int length) {
        if (body != null) {
            body.add(bytes, offset, length);
        }
    }

    /** Counts body bytes; true once the body is whole. */
    boolean isWholeAfter(long bytes) {
        bodyLeft -= bytes;
        return bodyLeft <= 0;
    }
}
