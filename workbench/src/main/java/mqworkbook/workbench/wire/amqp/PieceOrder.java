package mqworkbook.workbench.wire.amqp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import mqworkbook.workbench.wire.Splitter;

/**
 * Hands pieces on in the order of their bytes. A piece whose message is not settled yet waits for it, and everything
 * behind it waits too, whichever channel it belongs to: the relay never reorders bytes.
 */
final class PieceOrder {

    /** A sender that owes a header for that many bytes is not waited for any longer. */
    private static final int MOST_WAITING = 1 << 20;

    private final Deque<Piece> waiting = new ArrayDeque<>();
    private int waitingBytes;

    void add(Content content, byte[] bytes, int offset, int length, boolean last, Splitter.Sink sink)
            throws IOException {
        if (waiting.isEmpty() && content.isSettled()) {
            sink.accept(content.unit(), bytes, offset, length, last);
            return;
        }
        waiting.add(new Piece(content, Arrays.copyOfRange(bytes, offset, offset + length), last));
        waitingBytes += length;
        handOn(sink, MOST_WAITING);
    }

    /** Hands on everything, settled or not. */
    void end(Splitter.Sink sink) throws IOException {
        handOn(sink, -1);
    }

    private void handOn(Splitter.Sink sink, int mostWaiting) throws IOException {
        while (!waiting.isEmpty() && (waiting.peek().content.isSettled() || waitingBytes > mostWaiting)) {
            Piece piece = waiting.remove();
            waitingBytes -= piece.bytes.length;
            piece.content.settle();
            sink.accept(piece.content.unit(), piece.bytes, 0, piece.bytes.length, piece.last);
        }
    }

    private record Piece(Content content, byte[] bytes, boolean last) {}
}
