package mqworkbook.cli.proof;

import java.time.Duration;
import java.util.Locale;

/** How figures are printed. */
public final class Format {

    private Format() {}

    /** {@code 1.2 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
