package mqworkbook.workbench.wire.amqp;

import java.io.IOException;
import java.util.Arrays;
import mqworkbook.workbench.wire.Splitter;

/**
 * Finds the frames in an AMQP 0-9-1 byte stream. Method and header frames are gathered before they go on; body frames,
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

    private final MessageAssembler assembler;
    private byte[] frame = new byte[1024];
    private int have;
    private int need = HEAD_LENGTH;
    private long bodyLeft;
    private boolean garbage;

    AmqpSplitter(MessageAssembler assembler) {
        this.assembler = assembler;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (garbage) {
                assembler.raw(bytes, at, end - at, sink);
                at = end;
            } else if (bodyLeft > 0) {
                at += passBody(bytes, at, end - at, sink);
            } else {
                at += gather(bytes, at, end - at, sink);
            }
        }
    }

    @Override
    public void end(Sink sink) throws IOException {
        assembler.release(sink);
        if (have > 0) {
            assembler.raw(frame, 0, have, sink);
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
        long size = (frame[3] & 0xFFL) << 24 | (frame[4] & 0xFF) << 16 | (frame[5] & 0xFF) << 8 | (frame[6] & 0xFF);
        if (frame[0] == PROTOCOL_HEADER[0]) {
            need = PROTOCOL_HEADER_LENGTH;
        } else if (frame[0] == BODY) {
            assembler.bodyBegins(channel(), size, frame, HEAD_LENGTH, sink);
            bodyLeft = size + 1;
            nextFrame();
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
        if (frame[0] == PROTOCOL_HEADER[0]) {
            String version = frame[5] + "-" + frame[6] + "-" + frame[7];
            assembler.protocolHeader(version, frame, need, sink);
        } else if (frame[need - 1] != FRAME_END) {
            giveUp(sink);
            return;
        } else if (frame[0] == METHOD) {
            assembler.method(channel(), frame, HEAD_LENGTH, need, sink);
        } else if (frame[0] == HEADER) {
            assembler.header(channel(), frame, HEAD_LENGTH, need, sink);
        } else {
            assembler.heartbeat(channel(), frame, need, sink);
        }
        nextFrame();
    }

    private int passBody(byte[] bytes, int offset, int available, Sink sink) throws IOException {
        int taken = (int) Math.min(available, bodyLeft);
        bodyLeft -= taken;
        assembler.body(bytes, offset, taken, bodyLeft == 0, sink);
        if (bodyLeft == 0 && bytes[offset + taken - 1] != FRAME_END) {
            giveUp(sink);
        }
        return taken;
    }

    /** This is not AMQP, or no longer: from here on everything passes as it comes. */
    private void giveUp(Sink sink) throws IOException {
        garbage = true;
        end(sink);
        nextFrame();
    }

    private void nextFrame() {
        have = 0;
        need = HEAD_LENGTH;
    }

    private int channel() {
        return (frame[1] & 0xFF) << 8 | (frame[2] & 0xFF);
    }
}
