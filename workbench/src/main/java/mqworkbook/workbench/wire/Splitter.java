package mqworkbook.workbench.wire;

import java.io.IOException;

/**
 * Cuts one direction of one connection into units, incrementally. Every byte fed comes out exactly once and in order,
 * apart from addresses that a {@link Detours} replaces; bytes that make no sense come out as units named {@code raw}.
 * Used by one thread.
 */
public interface Splitter {

    /** Takes the next bytes; the sink gets what is known by now. The array may be reused after the call. */
    void feed(byte[] bytes, int offset, int length, Sink sink) throws IOException;

    /** No more bytes will come: hands out whatever was kept for an incomplete message. */
    void end(Sink sink) throws IOException;

    /** Takes the units, piece by piece. */
    interface Sink {

        /**
         * The next bytes of a unit. Pieces of different units may alternate where the protocol interleaves messages.
         *
         * @param bytes valid only during the call
         * @param last whether the unit is complete with these bytes
         */
        void accept(Unit unit, byte[] bytes, int offset, int length, boolean last) throws IOException;
    }
}
