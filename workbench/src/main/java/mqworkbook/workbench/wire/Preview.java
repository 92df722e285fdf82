package mqworkbook.workbench.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The beginning of a string, to be shown to people; how long the string is does not matter to the memory. */
public final class Preview {

    private final byte[] kept;
    private long length;

    /** Keeps so many bytes. */
    public Preview(int longest) {
        kept = new byte[longest];
    }

    /** Forgets what was added. */
    public void clear() {
        length = 0;
    }

    /** Adds one byte. */
    public void add(byte b) {
        if (length < kept.length) {
            kept[(int) length] = b;
        }
        length++;
    }

    /** Adds these bytes. */
    public void add(byte[] bytes, int offset, int count) {
        if (length < kept.length) {
            System.arraycopy(bytes, offset, kept, (int) length, (int) Math.min(count, kept.length - length));
        }
        length += count;
    }

    /** Bytes added so far, kept or not. */
    public long length() {
        return length;
    }

    /** What was added, as text. */
    public String text() {
        return text(length);
    }

    /** As text, or by its length where it is none. */
    public String text(long whole) {
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

    @Override
    public String toString() {
        return text();
    }

    /** Equal are those that show the same of strings of the same length. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Preview preview
                && preview.length == length
                && preview.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }
}
