package mqworkbook.workbench.wire.amqp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Splitter;
import mqworkbook.workbench.wire.Unit;
import mqworkbook.workbench.wire.WireMessage;

/** What a splitter hands on: every byte, and the messages in the order in which they are complete. */
final class Recording implements Splitter.Sink {

    private final Splitter splitter = new AmqpProtocol().open(1, Detours.NONE).splitter(Direction.TO_BROKER);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<WireMessage> messages = new ArrayList<>();

    @Override
    public void accept(Unit unit, byte[] piece, int offset, int length, boolean last) {
        bytes.write(piece, offset, length);
        if (last) {
            messages.add(unit.message());
        }
    }

    Recording feed(byte[] input) {
        return feed(input, 0, input.length);
    }

    Recording feed(byte[] input, int from, int to) {
        try {
            byte[] reused = new byte[to - from + 3];
            System.arraycopy(input, from, reused, 3, to - from);
            splitter.feed(reused, 3, to - from, this);
            // The relay reuses its buffer: a splitter that keeps a reference to it is caught here.
            java.util.Arrays.fill(reused, (byte) 0x55);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Recording end() {
        try {
            splitter.end(this);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    List<WireMessage> messages() {
        return messages;
    }

    List<String> names() {
        return messages.stream().map(WireMessage::name).toList();
    }
}
