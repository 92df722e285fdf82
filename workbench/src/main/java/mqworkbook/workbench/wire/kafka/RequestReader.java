package mqworkbook.workbench.wire.kafka;

import java.nio.ByteBuffer;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Unit;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.RequestHeader;

/** Reads requests, and remembers those that will be answered. */
final class RequestReader extends FrameReader {

    private final TopicNames names;
    private final Exchanges exchanges;

    RequestReader(long connection, TopicNames names, Exchanges exchanges) {
        super(Direction.TO_BROKER, connection);
        this.names = names;
        this.exchanges = exchanges;
    }

    @Override
    Reading read(ByteBuffer frame) {
        int size = frame.remaining();
        try {
            return new Reading(request(frame, size));
        } catch (RuntimeException | LinkageError e) {
            // Not Kafka, not a version known here, or compressed by something that this machine cannot load.
            return new Reading(raw(size));
        }
    }

    private Unit request(ByteBuffer frame, int size) {
        RequestHeader header = RequestHeader.parse(frame);
        if (!header.isApiVersionSupported()) {
            return raw(size);
        }
        Facts facts =
                new Facts(names).put("client-id", header.clientId()).put("correlation-id", header.correlationId());
        boolean answered = true;
        ApiReader<?, ?> reader = ApiReaders.of(header.apiKey());
        if (reader != null) {
            ApiMessage body = header.apiKey().messageType.newRequest();
            body.read(new ByteBufferAccessor(frame), header.apiVersion());
            reader.request(body, facts);
            answered = !(body instanceof ProduceRequestData produce && produce.acks() == 0);
        }
        Runnable whenDropped = null;
        if (answered) {
            Exchanges.Exchange exchange = exchanges.begin(header, facts);
            whenDropped = () -> exchanges.dropped(exchange);
        }
        return new Unit(message(header.apiKey().name, facts.toFields()), whenDropped);
    }
}
