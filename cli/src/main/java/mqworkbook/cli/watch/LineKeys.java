package mqworkbook.cli.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.Consumer;

/** Keys as lines, for input that is no terminal: the first letter of each line counts. */
public final class LineKeys {

    private LineKeys() {}

    /** Passes on what is read, on a thread of its own, until the input ends. */
    public static void listen(InputStream input, Consumer<Key> pressed) {
        Thread reader = new Thread(() -> read(input, pressed), "keys");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(InputStream input, Consumer<Key> pressed) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(input, Charset.defaultCharset()));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String letter = line.strip().toLowerCase(Locale.ROOT);
                Key.of(letter.isEmpty() ? ' ' : letter.charAt(0))
                        .ifPresentOrElse(pressed, () -> pressed.accept(Key.HELP));
            }
        } catch (IOException e) {
            // As good as its end.
        }
    }
}
