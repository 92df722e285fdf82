package mqworkbook.workbench.wire.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** RESP by hand. */
final class Resp {

    private Resp() {}

    /** A command as clients send it. */
    static byte[] command(String... words) {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append(bulk(word));
        }
        return bytes(text.toString());
    }

    /** A command whose last word is so long. */
    static byte[] longCommand(int length, String... words) {
        String[] all = List.of(words).toArray(new String[words.length + 1]);
        all[words.length] = "x".repeat(length);
        return command(all);
    }

    static String bulk(String text) {
        return "$" + bytes(text).length + "\r\n" + text + "\r\n";
    }

    static String array(String... values) {
        return "*" + values.length + "\r\n" + String.join("", values);
    }

    static String push(String... values) {
        return ">" + values.length + "\r\n" + String.join("", values);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
