package mqworkbook.workbench.wire.rocketmq;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Splitter;
import mqworkbook.workbench.wire.Unit;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/**
 * Finds the frames in a stream of RocketMQ's remoting protocol: length of what follows, length and kind of the header,
 * header, body. Headers are gathered; so are bodies that may hold addresses, while the others go on as they come.
 */
final class RemotingSplitter implements Splitter {

    private static final int HEAD_LENGTH = 8;

    /** NettyDecoder 5.5.0 takes no more. */
    private static final int LONGEST_FRAME = 16 << 20;

    private static final int LONGEST_HEADER = 1 << 20;
    private static final int ROOMY = 64 << 10;

    private final RemotingConversation conversation;
    private final Direction direction;
    private byte[] frame = new byte[1024];
    private int have;
    private int need = HEAD_LENGTH;

    /** Of the frame being gathered, once it is read. */
    private Header header;

    /** Of a frame whose rest goes on as it comes. */
    private Unit passing;

    private int left;
    private boolean garbage;

    RemotingSplitter(RemotingConversation conversation, Direction direction) {
        this.conversation = conversation;
        this.direction = direction;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (garbage) {
                raw(bytes, at, end - at, sink);
                at = end;
            } else if (left > 0) {
                int taken = Math.min(left, end - at);
                left -= taken;
                sink.accept(passing, bytes, at, taken, left == 0);
                at += taken;
            } else {
                at += gather(bytes, at, end - at, sink);
            }
        }
    }

    @Override
    public void end(Sink sink) throws IOException {
        if (have > 0) {
            raw(frame, 0, have, sink);
            nextFrame();
        }
    }

    private int gather(byte[] bytes, int offset, int available, Sink sink) throws IOException {
        int taken = Math.min(available, need - have);
        System.arraycopy(bytes, offset, frame, have, taken);
        have += taken;
        if (frame[0] < 0 || frame[0] > LONGEST_FRAME >>> 24) {
            // Asked with the first byte already: whoever speaks something else must not wait for eight.
            giveUp(sink);
        } else if (have == need && need == HEAD_LENGTH) {
            headComplete(sink);
        } else if (have == need && header == null) {
            headerComplete(sink);
        } else if (have == need) {
            frameComplete(sink);
        }
        return taken;
    }

    private void headComplete(Sink sink) throws IOException {
        int headerLength = RemotingCommand.getHeaderLength(intAt(4));
        int afterHead = intAt(0) + 4 - HEAD_LENGTH;
        boolean known = RemotingCommand.getProtocolType(intAt(4)) != null;
        if (intAt(0) > LONGEST_FRAME || headerLength > afterHead || !known) {
            giveUp(sink);
        } else if (headerLength == 0 || headerLength > LONGEST_HEADER) {
            passOn(rawFrame(), sink);
        } else {
            need(HEAD_LENGTH + headerLength);
        }
    }

    private void headerComplete(Sink sink) throws IOException {
        header = conversation.header(direction, frame, 4, need - 4);
        int bodyLength = intAt(0) + 4 - need;
        if (header == null) {
            passOn(rawFrame(), sink);
        } else if (bodyLength > 0 && conversation.wantsBody(direction, header)) {
            need(need + bodyLength);
        } else {
            passOn(new Unit(conversation.message(direction, header, bodyLength, null)), sink);
        }
    }

    private void frameComplete(Sink sink) throws IOException {
        int headerEnd = HEAD_LENGTH + RemotingCommand.getHeaderLength(intAt(4));
        byte[] body = conversation.body(header, Arrays.copyOfRange(frame, headerEnd, need));
        ByteBuffer.wrap(frame).putInt(0, headerEnd + body.length - 4);
        Unit unit = new Unit(conversation.message(direction, header, body.length, body));
        sink.accept(unit, frame, 0, headerEnd, body.length == 0);
        if (body.length > 0) {
            sink.accept(unit, body, 0, body.length, true);
        }
        nextFrame();
    }

    /** Hands on what is gathered; the rest of the frame follows as it comes. */
    private void passOn(Unit unit, Sink sink) throws IOException {
        passing = unit;
        left = intAt(0) + 4 - have;
        sink.accept(unit, frame, 0, have, left == 0);
        nextFrame();
    }

    private Unit rawFrame() {
        return new Unit(conversation.raw(direction, "frame", intAt(0) + 4L));
    }

    /** This is not RocketMQ, or no longer: from here on everything passes as it comes. */
    private void giveUp(Sink sink) throws IOException {
        garbage = true;
        end(sink);
    }

    private void raw(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        sink.accept(new Unit(conversation.raw(direction, "none", length)), bytes, offset, length, true);
    }

    private void need(int length) {
        need = length;
        if (need > frame.length) {
            frame = Arrays.copyOf(frame, need);
        }
    }

    private void nextFrame() {
        have = 0;
        need = HEAD_LENGTH;
        header = null;
        if (frame.length > ROOMY) {
            frame = new byte[1024];
        }
    }

    private int intAt(int at) {
        return ByteBuffer.wrap(frame).getInt(at);
    }
}
