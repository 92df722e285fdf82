package mqworkbook.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What is around every page: light and dark, for phones too, and a policy that lets it ask nobody for anything. */
public final class PageFrame {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <link rel="icon" href="data:,"/>
            """;

    private PageFrame() {}

    /**
     * Begins a page, up to its body's first element.
     *
     * @param title for the browser's tab
     * @param owner beside it lies the style sheet of what only this page has
     * @param styleSheet its file name
     * @param refreshSeconds how often a browser loads the page anew; empty for never
     */
    public static Html begin(String title, Class<?> owner, String styleSheet, Optional<Integer> refreshSeconds) {
        Html html = new Html().raw(HEAD);
        refreshSeconds.ifPresent(seconds -> html.raw("<meta http-equiv=\"refresh\" content=\"" + seconds + "\"/>\n"));
        return html.element("title", title)
                .raw("<style>\n" + text(PageFrame.class, "page.css") + text(owner, styleSheet))
                .raw("</style>\n</head>\n<body>\n");
    }

    /** The whole page's text. */
    public static String end(Html html) {
        return html.raw("</body>\n</html>\n").toString();
    }

    private static String text(Class<?> owner, String styleSheet) {
        try (InputStream css = owner.getResourceAsStream(styleSheet)) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
