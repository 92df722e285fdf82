package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarrationTest {

    @Test
    void linesComeAsTheyAreSaidAlsoHalfOnesThatAreFlushed() {
        PrintStream before = System.out;
        List<String> heard = new ArrayList<>();

        try (Narration narration = new Narration(heard::add)) {
            System.out.print("unpacking ... ");
            System.out.flush();
            assertThat(heard).containsExactly("unpacking ...");
            System.out.println("done");
            System.out.println();
        }

        assertThat(heard).containsExactly("unpacking ...", "done");
        assertThat(System.out).isSameAs(before);
    }
}
