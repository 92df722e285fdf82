package mqworkbook.workbench.wire.kafka;

import java.nio.ByteBuffer;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Unit;
import mqworkbook.workbench.wire.WireMessage;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ResponseHeader;

/** Reads replies by their requests, and leads the client back to the relay where they tell it whom to connect to. */
final class ReplyReader extends FrameReader {

    private final TopicNames names;
    private final Exchanges exchanges;
    private final Addresses addresses;

    ReplyReader(long connection, TopicNames names, Exchanges exchanges, Addresses addresses) {
        super(Direction.TO_CLIENT, connection);
        this.names = names;
        this.exchanges = exchanges;
        this.addresses = addresses;
    }

    @Override
    Reading read(ByteBuffer frame) {
        int start = frame.position();
        int size = frame.remaining();
        Exchanges.Exchange exchange = size < Integer.BYTES ? null : exchanges.end(frame.getInt(start));
        if (exchange == null) {
            return new Reading(raw(size));
        }
        Facts facts = new Facts(names);
        ApiMessage body;
        int bodyAt;
        try {
            ResponseHeader.parse(frame, exchange.api().responseHeaderVersion(exchange.version()));
            bodyAt = frame.position();
            body = body(frame, exchange, facts);
        } catch (RuntimeException | LinkageError e) {
            return new Reading(unit(exchange, raw(size).message()));
        }
        Unit unit = unit(
                exchange,
                message(exchange.api().name, facts.asReplyTo(exchange.request()).toFields()));
        // Outside of the above: a relay without a port for an address has failed, and must not send its client past it.
        boolean replaced = addresses.replace(body);
        return new Reading(unit, replaced ? encode(frame, start, bodyAt, body, exchange.version()) : null);
    }

    private static ApiMessage body(ByteBuffer frame, Exchanges.Exchange exchange, Facts facts) {
        ByteBufferAccessor bytes = new ByteBufferAccessor(frame);
        ApiReader<?, ?> reader = ApiReaders.of(exchange.api());
        if (reader == null) {
            AbstractResponse reply = AbstractResponse.parseResponse(exchange.api(), bytes, exchange.version());
            reply.errorCounts().keySet().stream().sorted().forEach(facts::error);
            return reply.data();
        }
        ApiMessage body = exchange.api().messageType.newResponse();
        body.read(bytes, exchange.version());
        reader.reply(body, facts);
        return body;
    }

    private Unit unit(Exchanges.Exchange exchange, WireMessage message) {
        return exchanges.isLost(exchange) ? Unit.lost(message) : new Unit(message, () -> exchanges.dropped(exchange));
    }

    private static byte[] encode(ByteBuffer frame, int start, int bodyAt, ApiMessage body, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        int headSize = bodyAt - start;
        int bodySize = body.size(cache, version);
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + headSize + bodySize);
        out.putInt(headSize + bodySize);
        out.put(frame.array(), frame.arrayOffset() + start, headSize);
        body.write(new ByteBufferAccessor(out), cache, version);
        return out.array();
    }
}
