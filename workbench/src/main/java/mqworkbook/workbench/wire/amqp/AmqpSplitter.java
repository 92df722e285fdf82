package mqworkbook.workbench.wire.amqp;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import mqworkbook.workbench.wire.Splitter;

/**
 * Cuts an AMQP 0-9-1 byte stream into messages. Method and header frames are gathered before they go on; body frames,
 * which may be huge, go on as they come.
 */
final class AmqpSplitter implements Splitter {

    private static final int METHOD = 1;
    private static final int HEADER = 2;
    private static final int BODY = 3;
    private static final int HEARTBEAT = 8;
    private static final int HEAD_LENGTH = 7;
    private static final byte FRAME_END = (byte) 0xCE;
    private static final byte[] PROTOCOL_HEADER = {'A', 'M', 'Q', 'P'};
    private static final int PROTOCOL_HEADER_LENGTH = 8;

    /** Frames are 128 KiB at most by RabbitMQ's default; a gathered one beyond this is no AMQP. */
    private static final int LONGEST_GATHERED = 4 << 20;

    private static final byte[] NOTHING = {};

    private final AmqpDecoder decoder;
    private final PieceOrder order = new PieceOrder();
    private final Map<Integer, Content> contents = new HashMap<>();
    private byte[] frame = new byte[1024];
    private int have;
    private int need = HEAD_LENGTH;
    private BodyFrame body;
    private boolean garbage;

    AmqpSplitter(AmqpDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (garbage) {
                passRaw(bytes, at, end - at, sink);
                at = end;
            } else if (body != null) {
                at += passBody(bytes, at, end - at, sink);
            } else {
                at += gather(bytes, at, end - at, sink);
            }
        }
    }

    @Override
    public void end(Sink sink) throws IOException {
        order.end(sink);
        if (have > 0) {
            passRaw(frame, 0, have, sink);
        }
    }

    private int gather(byte[] bytes, int offset, int available, Sink sink) throws IOException {
        int taken = Math.min(available, need - have);
        System.arraycopy(bytes, offset, frame, have, taken);
        have += taken;
        if (!isPlausible()) {
            giveUp(sink);
        } else if (have == need && need == HEAD_LENGTH) {
            headComplete(sink);
        } else if (have == need) {
            frameComplete(sink);
        }
        return taken;
    }

    /** Asked with the first byte already: whoever speaks something else must not wait for seven. */
    private boolean isPlausible() {
        return switch (frame[0]) {
            case METHOD, HEADER, BODY, HEARTBEAT -> true;
            default -> {
                int known = Math.min(have, PROTOCOL_HEADER.length);
                yield Arrays.equals(frame, 0, known, PROTOCOL_HEADER, 0, known);
            }
        };
    }

    private void headComplete(Sink sink) throws IOException {
        long size = size();
        if (frame[0] == PROTOCOL_HEADER[0]) {
            need = PROTOCOL_HEADER_LENGTH;
        } else if (frame[0] == BODY) {
            beginBody(size, sink);
        } else if (size > LONGEST_GATHERED) {
            giveUp(sink);
        } else {
            need = HEAD_LENGTH + (int) size + 1;
            if (need > frame.length) {
                frame = Arrays.copyOf(frame, need);
            }
        }
    }

    private void frameComplete(Sink sink) throws IOException {
        int length = need;
        if (frame[0] == PROTOCOL_HEADER[0]) {
            String version = frame[5] + "-" + frame[6] + "-" + frame[7];
            Map<String, Object> fields = Map.of("version", version);
            pass(Content.complete(decoder.message(0, "protocol.header", fields)), length, true, sink);
        } else if (frame[length - 1] != FRAME_END) {
            giveUp(sink);
            return;
        } else if (frame[0] == METHOD) {
            method(length, sink);
        } else if (frame[0] == HEADER) {
            header(length, sink);
        } else {
            pass(Content.complete(decoder.message(channel(), "heartbeat", Map.of())), length, true, sink);
        }
        nextFrame();
    }

    private void method(int length, Sink sink) throws IOException {
        Content aborted = contents.remove(channel());
        if (aborted != null) {
            // AMQP 0-9-1, 4.2.6: any non-content frame marks the end of a content that is not whole.
            aborted.settle();
            order.add(aborted, NOTHING, 0, 0, true, sink);
        }
        Content content = decoder.method(channel(), frame, HEAD_LENGTH, length - HEAD_LENGTH - 1);
        if (!content.isSettled()) {
            contents.put(channel(), content);
        }
        pass(content, length, content.isSettled(), sink);
    }

    private void header(int length, Sink sink) throws IOException {
        Content content = contents.get(channel());
        if (content == null || content.isSettled()) {
            pass(Content.complete(decoder.raw(channel(), "header", size())), length, true, sink);
            return;
        }
        AmqpDecoder.Header header = decoder.header(frame, HEAD_LENGTH, length - HEAD_LENGTH - 1);
        if (header == null) {
            content.settle();
        } else {
            content.settle(header);
        }
        boolean whole = content.isWholeAfter(0);
        if (whole) {
            contents.remove(channel());
        }
        pass(content, length, whole, sink);
    }

    private void beginBody(long size, Sink sink) throws IOException {
        Content content = contents.get(channel());
        boolean belongs = content != null && content.isSettled();
        boolean whole = !belongs || content.isWholeAfter(size);
        if (!belongs) {
            content = Content.complete(decoder.raw(channel(), "body", size));
        } else if (whole) {
            contents.remove(channel());
        }
        pass(content, HEAD_LENGTH, false, sink);
        nextFrame();
        body = new BodyFrame(content, whole, size + 1);
    }

    private int passBody(byte[] bytes, int offset, int available, Sink sink) throws IOException {
        int taken = (int) Math.min(available, body.left);
        BodyFrame current = body;
        current.left -= taken;
        boolean frameEnds = current.left == 0;
        if (frameEnds) {
            body = null;
            garbage = bytes[offset + taken - 1] != FRAME_END;
        }
        order.add(current.content, bytes, offset, taken, frameEnds && current.contentEnds, sink);
        if (garbage) {
            order.end(sink);
        }
        return taken;
    }

    private void pass(Content content, int length, boolean last, Sink sink) throws IOException {
        order.add(content, frame, 0, length, last, sink);
    }

    private void passRaw(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        order.add(Content.complete(decoder.raw(0, "none", length)), bytes, offset, length, true, sink);
    }

    /** This is not AMQP, or no longer: from here on everything passes as it comes. */
    private void giveUp(Sink sink) throws IOException {
        garbage = true;
        order.end(sink);
        passRaw(frame, 0, have, sink);
        nextFrame();
    }

    private void nextFrame() {
        have = 0;
        need = HEAD_LENGTH;
    }

    private int channel() {
        return (frame[1] & 0xFF) << 8 | (frame[2] & 0xFF);
    }

    private long size() {
        return (frame[3] & 0xFFL) << 24 | (frame[4] & 0xFF) << 16 | (frame[5] & 0xFF) << 8 | (frame[6] & 0xFF);
    }

    private static final class BodyFrame {

        private final Content content;
        private final boolean contentEnds;
        private long left;

        BodyFrame(Content content, boolean contentEnds, long left) {
            this.content = content;
            this.contentEnds = contentEnds;
            this.left = left;
        }
    }
}
