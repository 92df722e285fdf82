package mqworkbook.workbench.wire.redis;

import java.io.IOException;
import java.util.Arrays;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Splitter;
import mqworkbook.workbench.wire.Unit;

/** Finds the values in a RESP byte stream. A value is gathered up to a bound, beyond which it goes on as it comes. */
final class RespSplitter implements Splitter {

    /** By then all that a message tells of itself has passed: its name, its first arguments, how long its last one is. */
    static final int LONGEST_GATHERED = 64 << 10;

    private final RespConversation conversation;
    private final Direction direction;
    private byte[] gathered = new byte[1024];
    private int have;
    private RespValue value;

    /** Of a value that goes on as it comes; {@code null} otherwise. */
    private Unit passing;

    private boolean garbage;

    RespSplitter(RespConversation conversation, Direction direction) {
        this.conversation = conversation;
        this.direction = direction;
        nextValue();
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (garbage) {
                raw(bytes, at, end - at, sink);
                at = end;
            } else if (passing != null) {
                at += pass(bytes, at, end, sink);
            } else {
                at += gather(bytes, at, end, sink);
            }
        }
    }

    @Override
    public void end(Sink sink) throws IOException {
        if (passing == null && have > 0) {
            raw(gathered, 0, have, sink);
        }
        nextValue();
    }

    private int gather(byte[] bytes, int offset, int end, Sink sink) throws IOException {
        int taken = value.take(bytes, offset, Math.min(end, offset + LONGEST_GATHERED - have));
        keep(bytes, offset, taken);
        if (value.isBroken()) {
            garbage = true;
            end(sink);
        } else if (value.isComplete()) {
            sink.accept(conversation.unit(direction, value), gathered, 0, have, true);
            nextValue();
        } else if (have == LONGEST_GATHERED) {
            value.settle();
            passing = conversation.unit(direction, value);
            sink.accept(passing, gathered, 0, have, false);
        }
        return taken;
    }

    private int pass(byte[] bytes, int offset, int end, Sink sink) throws IOException {
        int taken = value.take(bytes, offset, end);
        if (value.isBroken()) {
            garbage = true;
            end(sink);
            raw(bytes, offset, taken, sink);
        } else {
            sink.accept(passing, bytes, offset, taken, value.isComplete());
            if (value.isComplete()) {
                nextValue();
            }
        }
        return taken;
    }

    private void raw(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        sink.accept(new Unit(conversation.raw(direction, length)), bytes, offset, length, true);
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (have + length > gathered.length) {
            gathered =
                    Arrays.copyOf(gathered, Math.min(LONGEST_GATHERED, Math.max(2 * gathered.length, have + length)));
        }
        System.arraycopy(bytes, offset, gathered, have, length);
        have += length;
    }

    private void nextValue() {
        value = new RespValue(direction == Direction.TO_BROKER);
        passing = null;
        have = 0;
    }
}
