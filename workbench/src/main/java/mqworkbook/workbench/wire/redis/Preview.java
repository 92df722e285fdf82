package mqworkbook.workbench.wire.redis;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The beginning of a string, to be shown to people; how long the string is does not matter to the memory. */
final class Preview {

    private final byte[] kept;
    private long length;

    Preview(int longest) {
        kept = new byte[longest];
    }

    void clear() {
        length = 0;
    }

    void add(byte b) {
        if (length < kept.length) {
            kept[(int) length] = b;
        }
        length++;
    }

    void add(byte[] bytes, int offset, int count) {
        if (length < kept.length) {
            System.arraycopy(bytes, offset, kept, (int) length, (int) Math.min(count, kept.length - length));
        }
        length += count;
    }

    /** Bytes added so far, kept or not. */
    long length() {
        return length;
    }

    String text() {
        return text(length);
    }

    /** As text, or by its length where it is none. */
    String text(long whole) {
        int shown = (int) Math.min(length, kept.length);
        boolean cut = whole > shown;
        CharBuffer text = CharBuffer.allocate(shown);
        // What is cut may end within a character, which is then left over: no error, as long as it is not the end.
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(kept, 0, shown), text, !cut);
        text.flip();
        if (result.isError() || text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
            return "(" + whole + " bytes)";
        }
        return cut ? text + "…" : text.toString();
    }
}
