package mqworkbook.logs.line;

/**
 * An application has logged too many errors within one window.
 *
 * @param from begin of the window, by the lines' own time: a multiple of the window's length, in milliseconds
 */
public record Alert(String app, long from) {

    /** The same for each attempt to raise this alert. */
    public String key() {
        return app + "@" + from;
    }
}
