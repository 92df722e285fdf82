package mqworkbook.workbench.wire.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A key for people to read and for rules to compare: its text, or {@code 0x} and its bytes. */
final class KeyText {

    private static final int LONGEST = 256;

    private KeyText() {}

    static String of(ByteBuffer key) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(key.duplicate()).toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return shortened(text);
            }
        } catch (CharacterCodingException e) {
            // No text: told as bytes.
        }
        byte[] bytes = new byte[Math.min(key.remaining(), LONGEST)];
        key.duplicate().get(bytes);
        return shortened("0x" + HexFormat.of().formatHex(bytes));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
