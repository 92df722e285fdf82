package mqworkbook.workbench.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a protocol makes of one connection: every byte of each direction, and the messages as they are complete. */
public final class Tap {

    private final Map<Direction, Splitter> splitters = new EnumMap<>(Direction.class);
    private final Map<Direction, ByteArrayOutputStream> bytes = new EnumMap<>(Direction.class);
    private final List<WireMessage> messages = new ArrayList<>();
    private Predicate<WireMessage> dropped = message -> false;
    private long longestPiece;

    public Tap(Protocol protocol, Detours detours) {
        Protocol.Conversation conversation = protocol.open(1, detours);
        for (Direction direction : Direction.values()) {
            splitters.put(direction, conversation.splitter(direction));
            bytes.put(direction, new ByteArrayOutputStream());
        }
    }

    /** As a rule that drops these from now on. */
    public Tap dropping(Predicate<WireMessage> which) {
        dropped = which;
        return this;
    }

    public Tap fromClient(byte[]... input) {
        Arrays.stream(input).forEach(part -> feed(Direction.TO_BROKER, part, 0, part.length));
        return this;
    }

    public Tap fromBroker(byte[]... input) {
        Arrays.stream(input).forEach(part -> feed(Direction.TO_CLIENT, part, 0, part.length));
        return this;
    }

    public Tap feed(Direction direction, byte[] input, int from, int to) {
        byte[] reused = new byte[to - from + 3];
        System.arraycopy(input, from, reused, 3, to - from);
        try {
            splitters
                    .get(direction)
                    .feed(
                            reused,
                            3,
                            to - from,
                            (unit, piece, offset, length, last) -> take(direction, unit, piece, offset, length, last));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The relay reuses its buffer: a splitter that keeps a reference to it is caught here.
        Arrays.fill(reused, (byte) 0x55);
        return this;
    }

    private void take(Direction direction, Unit unit, byte[] piece, int offset, int length, boolean last) {
        longestPiece = Math.max(longestPiece, length);
        if (unit.ruling == null) {
            boolean drop = dropped.test(unit.message());
            unit.ruling = drop ? Ruling.DROP : Ruling.PASS;
            if (drop && unit.isVital()) {
                unit.dropped();
            }
        }
        if (unit.ruling == Ruling.PASS) {
            bytes.get(direction).write(piece, offset, length);
            if (last) {
                messages.add(unit.message());
            }
        }
    }

    public Tap end() {
        splitters.forEach((direction, splitter) -> {
            try {
                splitter.end((unit, piece, offset, length, last) -> {
                    bytes.get(direction).write(piece, offset, length);
                    messages.add(unit.message());
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return this;
    }

    public byte[] toBroker() {
        return bytes.get(Direction.TO_BROKER).toByteArray();
    }

    public byte[] toClient() {
        return bytes.get(Direction.TO_CLIENT).toByteArray();
    }

    /** Bytes of the longest piece that was handed on at once. */
    public long longestPiece() {
        return longestPiece;
    }

    public List<WireMessage> messages() {
        return messages;
    }

    public List<WireMessage> messages(Direction direction) {
        return messages.stream()
                .filter(message -> message.direction() == direction)
                .toList();
    }

    public List<String> names(Direction direction) {
        return messages(direction).stream().map(WireMessage::name).toList();
    }

    /** The message that was complete last. */
    public WireMessage last() {
        return messages.get(messages.size() - 1);
    }
}
