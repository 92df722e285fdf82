package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The commands that show what runs have left: story and report. */
class ReportCommandsTest {

    private static final String STORY = """
            {"lanes": ["shop", "RabbitMQ", "a stock with a long name"], "scenes": [
              {"millis": 0.0, "from": "shop", "to": "RabbitMQ", "what": "publish", "message": "E-1", "marked": true},
              {"millis": 3.5, "more": 312},
              {"millis": 9.5, "from": "RabbitMQ", "to": "a stock with a long name", "what": "redeliver",
               "message": "E-1, E-2, E-3 +309", "detail": "%s"},
              {"millis": 12.0, "from": "", "to": "", "what": "broker restarts", "harm": true, "unheard-of": 1}]}""";

    @TempDir
    Path root;

    private Workspace workspace;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
    }

    @Test
    void aStoryFitsEightyColumnsAndMarksTheFinding() {
        result("skeleton", "gone: E-1", STORY.formatted("a detail that is much too long for one line".repeat(3)));

        Shell shell = Shell.run(workspace, "story", "01");

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.output().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(shell.output())
                .contains("Lesson 01, step 1: adds", "312 more", "! ", "(test)", "broker restarts", "gone: E-1")
                .containsPattern("(?m)^\\* +0\\.0  shop +\\S+ +RabbitMQ +publish +E-1");
    }

    @Test
    void theStoryIsThatOfTheNewestRun() throws IOException {
        result("skeleton", "old", null);
        Files.setLastModifiedTime(file("skeleton"), FileTime.fromMillis(1_000_000));
        result("answer", "new", STORY.formatted(""));

        assertThat(Shell.run(workspace, "story").output())
                .contains("publish", "new")
                .doesNotContain("old");
    }

    @Test
    void nextNamesTheStoryWhereThereIsOne() {
        result("skeleton", "gone", null);
        assertThat(Shell.run(workspace, "next").output()).doesNotContain("workbook story");

        result("skeleton", "gone", STORY.formatted(""));
        assertThat(Shell.run(workspace, "next").output()).contains("  Story    ./workbook story 01");
    }

    @Test
    void withoutAStoryOneLineSaysWhy() {
        result("skeleton", "wrong sum", null);

        assertThat(Shell.run(workspace, "story").output()).contains("There is no story");
    }

    @Test
    void aLessonThatWasNeverRunHasACommand() {
        Shell shell = Shell.run(workspace, "story", "01");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).contains("Lesson 01 has not been run", "./workbook run 01");
    }

    @Test
    void aBrokenResultHasACommandAndTheReportNamesIt() {
        FixtureWorkspace.write(file("skeleton"), "{\"steps\": [");

        Shell shell = Shell.run(workspace, "story");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).contains("workbook-result.json cannot be read", "./workbook run 01");
        assertThat(page()).contains("lessons/01-sums/target/skeleton/workbook-result.json");
    }

    @Test
    void thePageOfAFreshCheckoutSaysHowToFillIt() {
        String page = page();

        wellFormed(page);
        assertThat(page)
                .contains("0 of 2 steps", "Nothing was wrong in the last runs", "./workbook run 01")
                .contains("No proof has run here yet", "./workbook verify")
                .contains("Not measured yet: lesson 01", "./workbook payoff 01")
                .contains("README.md does not tell them");
    }

    @Test
    void whatIsStillToBeWrittenIsNotWrong() {
        result("skeleton", "Add the two numbers.", null);
        FixtureWorkspace.edit(file("skeleton"), "\"WRONG\"", "\"TODO\"");

        assertThat(page()).contains("Nothing was wrong in the last runs", "to do</span>");
    }

    @Test
    void thePageShowsAllThatIsThere() {
        result("skeleton", "gone: E-1\\n  Seen: E-1\\n    and more\\n  Means: loss", STORY.formatted("to orders"));
        FixtureWorkspace.write(
                root.resolve("target/verify/matrix.json"),
                "[{\"lesson\":\"01-sums\",\"mistake\":\"off-by-one\",\"step\":2,\"test\":\"three are six\",\"proven\":true}]");
        FixtureWorkspace.write(
                root.resolve("lessons/01-sums/target/payoff/payoff.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Sums a second</text><text>444 &amp; more</text></svg>");
        FixtureWorkspace.write(root.resolve("README.md"), "| 01 | [Sums](x) | none | sums | small steps |\n");

        String page = page();

        Document document = wellFormed(page);
        assertThat(page)
                .contains("gone: E-1</p>", "<dt>Seen</dt>", "E-1\nand more</dd>", "… 312 more")
                .contains("<li>0.0 ms, shop to RabbitMQ: publish E-1 [named by the failure]</li>")
                .contains("<th scope=\"row\">off-by-one</th>", "three are six", "✔ yes")
                .contains("data:image/svg+xml;base64,", "<li>444 &amp; more</li>")
                .contains("<dd>small steps</dd>");
        assertThat(headings(document)).isNotEmpty();
    }

    @Test
    void whatALearnerWritesIsTextOnThePage() {
        String script = "<script>alert('E-1')</script> & \\\"quoted\\\" \\u0007";
        result("skeleton", script, STORY.formatted("</style><img src='https://example.org/x' onerror='x'/>"));

        String page = page();

        Document document = wellFormed(page);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(document.getElementsByTagName("img").getLength()).isZero();
        assertThat(page).contains("&lt;script&gt;alert(&#39;E-1&#39;)&lt;/script&gt; &amp;");
    }

    @Test
    void whereThePageCannotBeWrittenALineSaysSo() throws IOException {
        Path folder = Files.createDirectory(root.resolve("out"));
        Shell isFolder = Shell.run(workspace, "report", "--output", folder.toString());
        Path blocked = FixtureWorkspace.write(root.resolve("file"), "").resolve("report.html");
        Shell behindFile = Shell.run(workspace, "report", "--output", blocked.toString());

        assertThat(isFolder.exitCode()).isEqualTo(2);
        assertThat(isFolder.output()).contains("out is a folder", "--output out/report.html");
        assertThat(behindFile.exitCode()).isEqualTo(3);
        assertThat(behindFile.output())
                .contains("cannot be written", "--output FILE")
                .doesNotContain("Exception");
    }

    @Test
    void aFolderWithoutPermissionToWriteIsNamed() throws IOException {
        Path folder = Files.createDirectory(root.resolve("closed"));
        assumeThat(folder.toFile().setWritable(false) && !Files.isWritable(folder))
                .isTrue();

        Shell shell = Shell.run(
                workspace, "report", "--output", folder.resolve("report.html").toString());

        assertThat(shell.exitCode()).isEqualTo(3);
        assertThat(shell.output()).contains("cannot be written: permission denied");
    }

    private String page() {
        Shell shell = Shell.run(workspace, "report");
        assertThat(shell.exitCode()).isZero();
        assertThat(shell.output()).contains("Report: target/report.html");
        return FixtureWorkspace.read(root.resolve("target/report.html"));
    }

    /** Parses the page and holds it against what is true of every one. */
    private static Document wellFormed(String page) {
        Document document = parsed(page);
        Set<String> ids = new HashSet<>();
        for (Element element : elements(document)) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id")))
                        .as("id %s is there once", element.getAttribute("id"))
                        .isTrue();
            }
            for (String resource : List.of("src", "href", "style")) {
                assertThat(element.getAttribute(resource)).doesNotContainIgnoringCase("//", "url(");
            }
        }
        for (Element element : elements(document)) {
            String link = element.getAttribute("href");
            assertThat(link.startsWith("#") ? ids.contains(link.substring(1)) : true)
                    .as("%s leads somewhere", link)
                    .isTrue();
            String label = element.getAttribute("aria-labelledby");
            assertThat(label.isEmpty() || ids.contains(label)).as(label).isTrue();
        }
        assertThat(document.getElementsByTagName("style").item(0).getTextContent())
                .doesNotContain("@import", "url(");
        int level = 0;
        for (int heading : headings(document)) {
            assertThat(heading).as("headings go down one by one").isLessThanOrEqualTo(level + 1);
            level = heading;
        }
        assertThat(document.getElementsByTagName("main").getLength()).isEqualTo(1);
        return document;
    }

    private static List<Integer> headings(Document document) {
        return elements(document).stream()
                .map(Element::getTagName)
                .filter(tag -> tag.matches("h[1-6]"))
                .map(tag -> Integer.parseInt(tag.substring(1)))
                .toList();
    }

    private static List<Element> elements(Document document) {
        NodeList nodes = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Document parsed(String page) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page)));
        } catch (Exception e) {
            throw new AssertionError("The page is not well-formed: " + e.getMessage(), e);
        }
    }

    private Path file(String answer) {
        return root.resolve("lessons/01-sums/target/" + answer + "/workbook-result.json");
    }

    private void result(String answer, String text, String story) {
        FixtureWorkspace.write(
                file(answer),
                ("{\"lesson\": \"01\", \"complete\": false, \"message\": \"red\", \"steps\": [{\"number\": 1, \"state\":"
                                + " \"WRONG\", \"waitingFor\": 0, \"passed\": 0, \"methods\": 1, \"tests\": [{\"name\": \"adds\","
                                + " \"state\": \"FAILED\", \"millis\": 1, \"text\": \"%s\"%s}]}]}")
                        .formatted(text, story == null ? "" : ", \"story\": " + story));
    }
}
