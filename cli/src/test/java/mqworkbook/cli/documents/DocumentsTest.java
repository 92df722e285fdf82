package mqworkbook.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.cli.FixtureWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    @TempDir
    private Path root;

    private Path console;

    @BeforeEach
    void aRepository() throws IOException {
        console = Files.writeString(root.resolve("console.txt"), "Seen  E-17 was handled\n      twice\n");
        FixtureWorkspace.write(
                root.resolve("pom.xml"),
                "<project><profiles><profile><id>solutions</id></profile></profiles><a>${answer}</a></project>");
        FixtureWorkspace.write(root.resolve("lessons/01-sums/pom.xml"), "<project/>");
        FixtureWorkspace.write(root.resolve("lessons/01-sums/src/main/java/Sums.java"), "");
        FixtureWorkspace.write(root.resolve("solutions/01-sums/mistakes/off-by-one/Sums.java"), "");
        FixtureWorkspace.write(
                root.resolve("docs/systems.md"),
                "# Systems\n\n## Without a `network`, or slow\n\n## Twice\n\n## Twice\n");
        FixtureWorkspace.write(
                root.resolve("workbench/src/main/java/Judge.java"), "String s = Integer.getInteger(\"upto\");");
    }

    @Test
    void whatHoldsIsNotComplainedOf() {
        write("README.md", """
                [a file](console.txt), [the web](https://example.org), [here](#a-title), ![a picture](console.txt)
                [there](docs/systems.md#without-a-network-or-slow), [again](docs/systems.md#twice-1), [m](mailto:a@b.c)

                # A title

                    ./workbook run 01     # a remark
                    mvn -q -o test -pl lessons/01-sums -Psolutions -Danswer=PATH -Dupto=3

                Paths: `solutions/01-sums/mistakes/off-by-one`, `solutions/*/mistakes`, `solutions/01-sums/mistakes/NAME`,
                `lessons/01-sums/target/skeleton/x`, `org/example/docs/x`, `source <(./workbook run)`, `mvn test`, `./mvnw`,
                `.ci/NAME`.

                <!-- excerpt: mistake -->
                ```text
                Seen  E-3 was handled twice
                ```
                """);
        FixtureWorkspace.write(root.resolve(".ci/run"), "");
        write("lessons/01-sums/README.md", "`src/main/java/Sums.java`, `mistakes/off-by-one`, `lessons/01-sums`\n");

        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[gone](docs/gone.md#part) | links to docs/gone.md, which is not there.",
                "![gone](gone.svg) | links to gone.svg, which is not there.",
                "[root](/docs/systems.md) | links to /docs/systems.md, which is not there.",
                "[no part](docs/systems.md#with) | links to docs/systems.md#with; there is no such heading.",
                "[nor here](#there) | links to #there; there is no such heading.",
                "`./workbook dance 01` | names ./workbook dance 01: no dance",
                "`workbook.cmd dance` | names ./workbook dance: no dance",
                "`cd x && ./workbook dance && ls` | names ./workbook dance: no dance",
                "`mvn test -pl gone` | names Maven's module gone, which is not there.",
                "`mvn test -Pgone` | names Maven's profile gone, which is not there.",
                "`./mvnw test -Dgone=1` | names Maven's property gone, which is not there.",
                "`mvn tests` | names Maven's phase or goal tests, which is not there.",
                "`mvn test --gone` | names Maven's option --gone, which is not there."
            })
    void whatDoesNotHoldIsComplainedOfWithItsLine(String text, String complaint) {
        write("README.md", "A line\n\nand " + text + ".\n");

        assertThat(complaints()).containsExactly("README.md:3 " + complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solutions/01-sums/mistakes/gone",
                "solutions/*/alternatives",
                "docs/gone/NAME",
                "lessons/01-sums/src/main/java/Gone.java"
            })
    void aPathThatIsNotThereIsComplainedOf(String path) {
        write("docs/page.md", "Look at\n`" + path + "`.\n");

        assertThat(complaints()).containsExactly("docs/page.md:2 names " + path + ", which is not there.");
    }

    @Test
    void inALessonPathsMayBeginAtItsFolders() {
        write("lessons/01-sums/README.md", "`src/main/java/Gone.java` and `mistakes/gone`\n");

        assertThat(complaints())
                .containsExactly(
                        "lessons/01-sums/README.md:1 names src/main/java/Gone.java, which is not there.",
                        "lessons/01-sums/README.md:1 names mistakes/gone, which is not there.");
    }

    @Test
    void linesOfBlocksAreNumbered() {
        write("README.md", """
                ```sh
                ./workbook run 01
                ./workbook dance
                ```

                    ./workbook run
                    ./workbook dance   # indented
                """);

        assertThat(complaints())
                .containsExactly(
                        "README.md:3 names ./workbook dance: no dance", "README.md:7 names ./workbook dance: no dance");
    }

    @Test
    void anExcerptThatWasNotPrintedSoIsComplainedOf() {
        write("README.md", "<!-- excerpt: mistake -->\n```text\nSeen  E-3 was handled once\n```\n");

        assertThat(complaints())
                .containsExactly(
                        "README.md:2 shows an excerpt of \"mistake\" that was not printed so: Seen  E-3 was handled once");
    }

    @Test
    void anExcerptOfARunThatWasNotProvenIsLeftAlone() {
        write("README.md", "<!-- excerpt: other -->\n```text\nanything\n```\n");

        assertThat(complaints()).isEmpty();
    }

    private void write(String name, String text) {
        FixtureWorkspace.write(root.resolve(name), text);
    }

    private List<String> complaints() {
        return new Documents(root, DocumentsTest::problem, Map.of("mistake", console)).complaints();
    }

    private static Optional<String> problem(List<String> arguments) {
        return arguments.contains("dance") ? Optional.of("no dance") : Optional.empty();
    }
}
