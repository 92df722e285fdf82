package mqworkbook.workbench.judge.report;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How text looks.
 *
 * @param symbols whether signs outside of ASCII may be used
 * @param color whether states are coloured
 * @param width columns of a line
 */
public record Style(boolean symbols, boolean color, int width) {

    private static final int WIDTH = 100;

    /** Plain ASCII in 100 columns. */
    public static final Style PLAIN = new Style(false, false, WIDTH);

    /** Symbols where the system's own encoding is UTF-8, colours where {@code -Dworkbook.color=true} asks for them. */
    public static Style ofTerminal() {
        // JDK 18 and newer default to UTF-8 whatever the terminal is; this property tells what it is (JDK 17).
        String encoding =
                System.getProperty("native.encoding", Charset.defaultCharset().name());
        boolean utf8 = encoding.equalsIgnoreCase(StandardCharsets.UTF_8.name());
        return new Style(utf8, Boolean.getBoolean("workbook.color"), WIDTH);
    }

    /** The mark of a state, ten columns wide. */
    public String mark(StepState state) {
        String text = symbols ? symbol(state) + " " + state.word() : "[" + state.word() + "]";
        return paint(state, text) + " ".repeat(Math.max(0, 10 - text.length()));
    }

    /** One letter or sign for a state. */
    public String sign(StepState state) {
        return paint(state, symbols ? symbol(state) : letter(state));
    }

    /** The text in the colour of a state. */
    public String paint(StepState state, String text) {
        if (!color) {
            return text;
        }
        int code = switch (state) {
            case DONE -> 32;
            case TODO -> 33;
            case WRONG -> 31;
            case PARTLY, WAITING, NOT_RUN -> 90;
        };
        return "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    private static String letter(StepState state) {
        return switch (state) {
            case DONE -> "+";
            case TODO -> ">";
            case WRONG -> "x";
            case PARTLY, WAITING, NOT_RUN -> ".";
        };
    }

    private static String symbol(StepState state) {
        return switch (state) {
            case DONE -> "\u2714";
            case TODO -> "\u25b8";
            case WRONG -> "\u2718";
            case PARTLY, WAITING, NOT_RUN -> "\u00b7";
        };
    }
}
