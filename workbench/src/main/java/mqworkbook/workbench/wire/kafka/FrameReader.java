package mqworkbook.workbench.wire.kafka;

import java.nio.ByteBuffer;
import java.util.Map;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Unit;
import mqworkbook.workbench.wire.WireMessage;

/** Makes messages of frames, of one direction of one connection. */
abstract class FrameReader {

    private final Direction direction;
    private final long connection;

    FrameReader(Direction direction, long connection) {
        this.direction = direction;
        this.connection = connection;
    }

    /** Reads the frame behind its length; the buffer is valid only during the call. Never throws on odd input. */
    abstract Reading read(ByteBuffer frame);

    /** What was not decoded, of that many bytes. */
    Unit raw(long size) {
        return new Unit(message("raw", Map.of("size", size)));
    }

    WireMessage message(String name, Map<String, Object> fields) {
        return new WireMessage(direction, connection, 0, name, fields);
    }

    /**
     * A frame that was read.
     *
     * @param replacement what is to go on in its place, with its length in front; {@code null} for the frame as it is
     */
    record Reading(Unit unit, byte[] replacement) {

        Reading(Unit unit) {
            this(unit, null);
        }
    }
}
