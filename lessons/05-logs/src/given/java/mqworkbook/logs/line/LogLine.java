package mqworkbook.logs.line;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One line of a log. Two lines may be alike in everything; they are two lines.
 *
 * @param app who wrote it; no blanks
 * @param time when it was written, in milliseconds since 1970: the event's time, not that of its arrival anywhere
 * @param text any text, line breaks too
 */
public record LogLine(String app, Level level, long time, String text) {

    public LogLine {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(text, "text");
        if (app.isEmpty() || app.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("no name of an application: \"" + app + "\"");
        }
    }

    /** {@code 1764518400000 ERROR checkout card refused}, in UTF-8: the value of a record. */
    public byte[] write() {
        return (time + " " + level + ' ' + app + ' ' + text).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the value of a record.
     *
     * @throws InvalidLineException if it is no line
     */
    public static LogLine read(byte[] value) throws InvalidLineException {
        if (value == null) {
            throw new InvalidLineException("no line: the record has no value");
        }
        String[] parts = new String(value, StandardCharsets.UTF_8).split(" ", 4);
        if (parts.length < 4) {
            throw new InvalidLineException("no line: " + parts.length + " of 4 parts");
        }
        try {
            return new LogLine(parts[2], Level.valueOf(parts[1]), Long.parseLong(parts[0]), parts[3]);
        } catch (IllegalArgumentException e) {
            throw new InvalidLineException("no line: " + e.getMessage());
        }
    }
}
