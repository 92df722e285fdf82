package mqworkbook.cli.classroom;

import java.util.regex.Pattern;

/** Text in columns of a terminal, where a letter of Chinese, Japanese or Korean takes two. */
final class Columns {

    private static final Pattern WIDE = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\uff01-\\uff60\\x{1f300}-\\x{1faff}]");
    private static final Pattern NONE = Pattern.compile("[\\p{Mn}\\p{Me}]");

    private Columns() {}

    /** The text in exactly so many columns: filled with blanks, or cut with a tilde as its end. */
    static String fit(String text, int columns) {
        if (width(text) <= columns) {
            return text + " ".repeat(columns - width(text));
        }
        StringBuilder cut = new StringBuilder();
        int left = columns - 1;
        for (int point : text.codePoints().toArray()) {
            int width = width(point);
            if (width > left) {
                break;
            }
            left -= width;
            cut.appendCodePoint(point);
        }
        return cut + "~" + " ".repeat(left);
    }

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int point) {
        String one = Character.toString(point);
        if (NONE.matcher(one).matches()) {
            return 0;
        }
        return WIDE.matcher(one).matches() ? 2 : 1;
    }
}
