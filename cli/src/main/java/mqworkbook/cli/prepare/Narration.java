package mqworkbook.cli.prepare;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.Consumer;

/** Takes what the workbench says on standard output while it works, line by line. The command line says it in its own way. */
final class Narration implements AutoCloseable {

    private final PrintStream before = System.out;

    Narration(Consumer<String> listener) {
        System.setOut(new PrintStream(new Lines(listener), true, Charset.defaultCharset()));
    }

    @Override
    public void close() {
        System.setOut(before);
    }

    /** Ends a line at its end or where somebody flushes, so that "unpacking ..." is seen before it is done. */
    private static final class Lines extends OutputStream {

        private final Consumer<String> listener;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<String> listener) {
            this.listener = listener;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                flush();
            } else {
                line.write(b);
            }
        }

        @Override
        public synchronized void flush() {
            String said = line.toString(Charset.defaultCharset()).strip();
            line.reset();
            if (!said.isEmpty()) {
                listener.accept(said);
            }
        }
    }
}
