package mqworkbook.workbench.wire.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import mqworkbook.workbench.wire.Splitter;
import mqworkbook.workbench.wire.Unit;

/** Finds the frames in a Kafka byte stream: four bytes of length, and as many bytes as they say. */
final class KafkaSplitter implements Splitter {

    private static final int HEAD_LENGTH = Integer.BYTES;

    /** Just beyond the 50 MiB that a consumer asks for at most by default; a longer frame passes as it comes. */
    private static final int LONGEST_GATHERED = 64 << 20;

    /** A length of 256 MiB or more is none: text, or the first byte of TLS. */
    private static final int FIRST_BYTES = 0x10;

    /** A longer buffer is not kept for the next frame. */
    private static final int LONGEST_KEPT = 1 << 20;

    private static final int SHORTEST_KEPT = 1024;

    private final FrameReader reader;
    private byte[] frame = new byte[SHORTEST_KEPT];
    private int have;
    private int need = HEAD_LENGTH;
    private Unit passing;
    private long passingLeft;
    private boolean garbage;

    KafkaSplitter(FrameReader reader) {
        this.reader = reader;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (garbage) {
                sink.accept(reader.raw(end - at), bytes, at, end - at, true);
                at = end;
            } else if (passingLeft > 0) {
                at += pass(bytes, at, end - at, sink);
            } else {
                int whole = have > 0 ? 0 : wholeFrame(bytes, at, end - at);
                if (whole > 0) {
                    complete(bytes, at, whole, sink);
                }
                at += whole > 0 ? whole : gather(bytes, at, end - at, sink);
            }
        }
    }

    @Override
    public void end(Sink sink) throws IOException {
        if (have > 0) {
            sink.accept(reader.raw(have), frame, 0, have, true);
            have = 0;
        }
    }

    /** Length of the frame that lies here as a whole, so that nothing of it needs copying; 0 if there is none. */
    private static int wholeFrame(byte[] bytes, int offset, int available) {
        if (available < HEAD_LENGTH || !isPlausible(bytes[offset])) {
            return 0;
        }
        int whole = HEAD_LENGTH + ByteBuffer.wrap(bytes).getInt(offset);
        return whole <= available ? whole : 0;
    }

    private static boolean isPlausible(byte first) {
        return (first & 0xFF) < FIRST_BYTES;
    }

    private int gather(byte[] bytes, int offset, int available, Sink sink) throws IOException {
        int taken = Math.min(available, need - have);
        // Grows with what arrives, not with what is announced.
        if (have + taken > frame.length) {
            frame = Arrays.copyOf(frame, Math.min(need, Math.max(have + taken, 2 * frame.length)));
        }
        System.arraycopy(bytes, offset, frame, have, taken);
        have += taken;
        if (!isPlausible(frame[0])) {
            // Asked with the first byte already: whoever speaks something else must not wait for four.
            garbage = true;
            end(sink);
        } else if (have == need && need == HEAD_LENGTH) {
            headComplete(sink);
        } else if (have == need) {
            complete(frame, 0, need, sink);
            nextFrame();
        }
        return taken;
    }

    private void headComplete(Sink sink) throws IOException {
        int size = ByteBuffer.wrap(frame).getInt(0);
        if (size == 0) {
            complete(frame, 0, HEAD_LENGTH, sink);
            nextFrame();
        } else if (size > LONGEST_GATHERED) {
            passing = reader.raw(size);
            passingLeft = size;
            sink.accept(passing, frame, 0, HEAD_LENGTH, false);
            nextFrame();
        } else {
            need = HEAD_LENGTH + size;
        }
    }

    private void complete(byte[] bytes, int offset, int length, Sink sink) throws IOException {
        FrameReader.Reading reading = reader.read(ByteBuffer.wrap(bytes, offset + HEAD_LENGTH, length - HEAD_LENGTH));
        byte[] replacement = reading.replacement();
        if (replacement == null) {
            sink.accept(reading.unit(), bytes, offset, length, true);
        } else {
            sink.accept(reading.unit(), replacement, 0, replacement.length, true);
        }
    }

    private int pass(byte[] bytes, int offset, int available, Sink sink) throws IOException {
        int taken = (int) Math.min(available, passingLeft);
        passingLeft -= taken;
        sink.accept(passing, bytes, offset, taken, passingLeft == 0);
        return taken;
    }

    private void nextFrame() {
        have = 0;
        need = HEAD_LENGTH;
        if (frame.length > LONGEST_KEPT) {
            frame = new byte[SHORTEST_KEPT];
        }
    }
}
