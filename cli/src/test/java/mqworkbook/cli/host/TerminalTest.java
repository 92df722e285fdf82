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

    @Test
    void aPassingLineMakesRoomForTheOutputOfOthers() {
        Terminal terminal = new Terminal(new PrintStream(output), true, false);
        PrintStream others = terminal.shared();

        terminal.passing("working");
        others.println("a broker");
        others.println("another");

        assertThat(output.toString().lines()).containsExactly("working", "\u001b[Ka broker", "another");
    }
}
