package mqworkbook.workbench.wire;

import java.io.IOException;
import java.util.Map;

/** Takes each read as one message. */
final class RawSplitter implements Splitter {

    private final Direction direction;
    private final long connection;

    RawSplitter(Direction direction, long connection) {
        this.direction = direction;
        this.connection = connection;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        WireMessage message = new WireMessage(direction, connection, 0, "raw", Map.of("size", length));
        sink.accept(new Unit(message), bytes, offset, length, true);
    }

    @Override
    public void end(Sink sink) {}
}
