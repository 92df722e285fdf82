package mqworkbook.workbench.wire.amqp;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import mqworkbook.workbench.wire.Unit;
import mqworkbook.workbench.wire.WireMessage;

/** A message as its frames come in. Its unit is settled once nothing more will be learnt about the message. */
final class Content {

    private final WireMessage method;
    private Unit unit;
    private long bodyLeft;

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

    /** Counts body bytes; true once the body is whole. */
    boolean isWholeAfter(long bytes) {
        bodyLeft -= bytes;
        return bodyLeft <= 0;
    }
}
