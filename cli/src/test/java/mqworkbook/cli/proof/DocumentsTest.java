package mqworkbook.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    @TempDir
    private Path root;

    private Path console;

    @BeforeEach
    void print() throws IOException {
        console = Files.writeString(root.resolve("console.txt"), "Seen  E-17 was handled\n      twice\n");
    }

    @Test
    void whatHoldsIsNotComplainedOf() throws IOException {
        write("""
                [a file](console.txt), [the web](https://example.org), [here](#here)

                    ./workbook run 01

                <!-- excerpt: mistake -->
                ```text
                Seen  E-3 was handled twice
                ```
                """);
        assertThat(complaints()).isEmpty();
    }

    @Test
    void aLinkThatLeadsNowhereIsComplainedOf() throws IOException {
        write("[gone](docs/gone.md#part)");
        assertThat(complaints()).containsExactly("README.md links to docs/gone.md, which is not there.");
    }

    @Test
    void aCommandThatDoesNotExistIsComplainedOf() throws IOException {
        write("`./workbook dance 01`");
        assertThat(complaints()).containsExactly("README.md names ./workbook dance, which is no command.");
    }

    @Test
    void anExcerptThatWasNotPrintedSoIsComplainedOf() throws IOException {
        write("<!-- excerpt: mistake -->\n```text\nSeen  E-3 was handled once\n```\n");
        assertThat(complaints())
                .containsExactly(
                        "README.md shows an excerpt of \"mistake\" that was not printed so: Seen  E-3 was handled once");
    }

    @Test
    void anExcerptOfARunThatWasNotProvenIsLeftAlone() throws IOException {
        write("<!-- excerpt: other -->\n```text\nanything\n```\n");
        assertThat(complaints()).isEmpty();
    }

    private void write(String text) throws IOException {
        Files.writeString(root.resolve("README.md"), text);
    }

    private List<String> complaints() {
        return new Documents(root, Set.of("run"), Map.of("mistake", console)).complaints();
    }
}
