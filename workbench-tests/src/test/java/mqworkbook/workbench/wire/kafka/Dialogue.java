package mqworkbook.workbench.wire.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Protocol;
import mqworkbook.workbench.wire.Splitter;
import mqworkbook.workbench.wire.Unit;
import mqworkbook.workbench.wire.WireMessage;

/** One connection without a relay: what its two splitters hand on. */
final class Dialogue {

    private final Side toBroker;
    private final Side toClient;

    Dialogue() {
        this(new KafkaProtocol(), Detours.NONE);
    }

    Dialogue(Protocol protocol, Detours detours) {
        Protocol.Conversation conversation = protocol.open(1, detours);
        toBroker = new Side(conversation.splitter(Direction.TO_BROKER));
        toClient = new Side(conversation.splitter(Direction.TO_CLIENT));
    }

    Side toBroker() {
        return toBroker;
    }

    Side toClient() {
        return toClient;
    }

    /** Feeds a request and hands out its message. */
    WireMessage ask(byte[] request) {
        return toBroker.feed(request).last();
    }

    /** Feeds a reply and hands out its message. */
    WireMessage answer(byte[] reply) {
        return toClient.feed(reply).last();
    }

    static final class Side implements Splitter.Sink {

        private final Splitter splitter;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<WireMessage> messages = new ArrayList<>();

        Side(Splitter splitter) {
            this.splitter = splitter;
        }

        @Override
        public void accept(Unit unit, byte[] piece, int offset, int length, boolean last) {
            bytes.write(piece, offset, length);
            if (last) {
                messages.add(unit.message());
            }
        }

        Side feed(byte[] input) {
            return feed(input, 0, input.length);
        }

        Side feed(byte[] input, int from, int to) {
            try {
                byte[] reused = new byte[to - from + 3];
                System.arraycopy(input, from, reused, 3, to - from);
                splitter.feed(reused, 3, to - from, this);
                // The relay reuses its buffer: a splitter that keeps a reference to it is caught here.
                Arrays.fill(reused, (byte) 0x55);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Side end() {
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

        WireMessage last() {
            return messages.get(messages.size() - 1);
        }

        List<String> names() {
            return messages.stream().map(WireMessage::name).toList();
        }
    }
}
