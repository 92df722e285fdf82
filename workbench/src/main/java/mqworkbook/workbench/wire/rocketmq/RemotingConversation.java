package mqworkbook.workbench.wire.rocketmq;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Protocol;
import mqworkbook.workbench.wire.Splitter;
import mqworkbook.workbench.wire.WireMessage;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** Makes messages of the frames on one connection, on which both sides may ask. */
final class RemotingConversation implements Protocol.Conversation {

    private final long connection;
    private final Detours detours;
    private final StoreHosts storeHosts;

    /** By the direction in which they went. */
    private final Map<Direction, Requests> requests = new EnumMap<>(Direction.class);

    RemotingConversation(long connection, Detours detours) {
        this.connection = connection;
        this.detours = detours;
        this.storeHosts = new StoreHosts(detours);
        for (Direction direction : Direction.values()) {
            requests.put(direction, new Requests());
        }
    }

    @Override
    public Splitter splitter(Direction direction) {
        return new RemotingSplitter(this, direction);
    }

    /**
     * Reads a header with the four bytes before it; {@code null} if it makes no sense. Changes addresses in these bytes,
     * but not how many they are.
     */
    Header header(Direction direction, byte[] bytes, int offset, int length) {
        RemotingCommand command = Header.decode(bytes, offset, length);
        if (command == null) {
            return null;
        }
        Header header = new Header(command, request(direction, command));
        String ids = header.extensions().get("msgId");
        if (direction == Direction.TO_CLIENT && header.tellsStored() && ids != null) {
            String led = storeHosts.leadAround(ids);
            replace(bytes, offset, length, ids, led);
            command.getExtFields().put("msgId", led);
        }
        return header;
    }

    private Integer request(Direction direction, RemotingCommand command) {
        if (command.isResponseType()) {
            Direction asked = direction == Direction.TO_BROKER ? Direction.TO_CLIENT : Direction.TO_BROKER;
            return requests.get(asked).answered(command.getOpaque());
        }
        if (!command.isOnewayRPC()) {
            requests.get(direction).asked(command.getOpaque(), command.getCode());
        }
        return command.getCode();
    }

    /** Whether the body has to be looked at, because a client may learn addresses from it. */
    boolean wantsBody(Direction direction, Header header) {
        return direction == Direction.TO_CLIENT && (header.bringsRoute() || header.bringsMessages());
    }

    /** The body that goes on in place of this one. */
    byte[] body(Header header, byte[] body) {
        if (header.bringsRoute()) {
            return BrokerAddresses.leadAround(body, detours);
        }
        StoredMessages.leadAround(body, storeHosts);
        return body;
    }

    /** @param body {@code null} where nobody has looked at it */
    WireMessage message(Direction direction, Header header, long bodySize, byte[] body) {
        Map<String, Object> fields = Fields.of(header, bodySize);
        if (body != null && header.bringsMessages()) {
            StoredMessages.describe(body, fields);
        }
        return new WireMessage(direction, connection, 0, header.name(), Collections.unmodifiableMap(fields));
    }

    /** What was not decoded. */
    WireMessage raw(Direction direction, String what, long size) {
        return new WireMessage(direction, connection, 0, "raw", new TreeMap<>(Map.of("frame", what, "size", size)));
    }

    private static void replace(byte[] bytes, int offset, int length, String old, String replacement) {
        byte[] from = old.getBytes(StandardCharsets.UTF_8);
        byte[] to = replacement.getBytes(StandardCharsets.UTF_8);
        for (int at = offset; at <= offset + length - from.length; at++) {
            if (Arrays.equals(bytes, at, at + from.length, from, 0, from.length)) {
                ByteBuffer.wrap(bytes, at, to.length).put(to);
            }
        }
    }
}
