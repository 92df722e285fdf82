package mqworkbook.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void inAPipeThereAreNoColoursAndNoPassingLines() {
        Terminal pipe = new Terminal(new PrintStream(output), false, false);

        pipe.passing("working");
        pipe.line(pipe.green("done"));

        assertThat(output.toString().strip()).isEqualTo("done");
    }

    @Test
    void onATerminalAPassingLineMakesRoomForTheNext() {
        Terminal terminal = new Terminal(new PrintStream(output), true, true);

        terminal.passing("working");
        terminal.line(terminal.green("done"));

        assertThat(output.toString().strip()).isEqualTo("working\r\u001b[K\u001b[32mdone\u001b[0m");
    }
}
