package mqworkbook.cli.page;

/** Text of a page, element by element. It is XML as well as HTML; everything that is not markup is escaped. */
public final class Html {

    private final StringBuilder text = new StringBuilder();

    /** Text between tags or in an attribute; what XML has no place for is left out. */
    public static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean legal = c == '\n'
                            || c == '\t'
                            || c >= ' ' && !Character.isSurrogate((char) c) && c < 0xFFFE
                            || c > 0xFFFF;
                    safe.append(legal ? Character.toString(c) : "");
                }
            }
        });
        return safe.toString();
    }

    /** Markup of ours, as it is. */
    public Html raw(String markup) {
        text.append(markup);
        return this;
    }

    /** A start tag. */
    public Html open(String tag) {
        text.append('<').append(tag).append('>');
        return this;
    }

    /** An end tag. */
    public Html close(String tag) {
        text.append("</").append(tag).append(">\n");
        return this;
    }

    /** An element that holds text; the start tag may have attributes. */
    public Html element(String tag, String content) {
        return open(tag).text(content).close(tag.split(" ", 2)[0]);
    }

    /** Begins a section with its heading; to be closed as {@code section}. */
    public Html section(String id, String title) {
        return open("section id=\"" + id + "\" aria-labelledby=\"" + id + "-title\"")
                .open("h2 id=\"" + id + "-title\"")
                .text(title)
                .close("h2");
    }

    /** Text, escaped. */
    public Html text(String content) {
        text.append(escaped(content));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
