package mqworkbook.cli.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** Keys as they are pressed, without Enter and without echo. The terminal is as it was before when this is closed. */
public final class TerminalKeys implements AutoCloseable {

    private static final int ESCAPE = 27;
    private static final int END_OF_TRANSMISSION = 4;
    private static final long SEQUENCE_MILLIS = 20;

    private final Terminal terminal;
    private final Attributes before;
    private final TerminalGuard guard;

    private TerminalKeys(Terminal terminal) {
        this.terminal = terminal;
        guard = TerminalGuard.begin();
        before = terminal.enterRawMode();
        guard.changed();
    }

    /** Those of the terminal that this process reads from; empty where it reads from something else. */
    public static Optional<TerminalKeys> open() {
        try {
            // stty is on every Unix, also where there is no native library for the processor.
            String provider = System.getProperty("os.name").startsWith("Windows") ? "jni" : "exec";
            return Optional.of(new TerminalKeys(TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .provider(provider)
                    .nativeSignals(false)
                    .build()));
        } catch (IOException | IllegalStateException noTerminal) {
            return Optional.empty();
        }
    }

    /** Passes on what is pressed, on a thread of its own. The end of the terminal is the end of the watch. */
    public void listen(Consumer<Key> pressed) {
        Thread reader = new Thread(() -> read(terminal.reader(), pressed), "keys");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(NonBlockingReader keys, Consumer<Key> pressed) {
        try {
            for (int key = keys.read(); key >= 0 && key != END_OF_TRANSMISSION; key = keys.read()) {
                if (key == ESCAPE) {
                    skipSequence(keys);
                } else {
                    Key.of(key).ifPresent(pressed);
                }
            }
        } catch (IOException closed) {
            // As good as its end.
        }
        pressed.accept(Key.QUIT);
    }

    /** Arrows and the like are several characters, of which none is meant. */
    private static void skipSequence(NonBlockingReader keys) throws IOException {
        while (keys.peek(SEQUENCE_MILLIS) >= 0) {
            keys.read();
        }
    }

    @Override
    public void close() {
        try {
            terminal.setAttributes(before);
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            guard.close();
        }
    }
}
