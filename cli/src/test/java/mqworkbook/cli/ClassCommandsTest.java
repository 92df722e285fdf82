package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of a class: run --share, class. */
@Timeout(120)
class ClassCommandsTest {

    @TempDir
    Path root;

    @TempDir
    Path shared;

    private Workspace workspace;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
    }

    @Test
    void aSharedRunIsSeenByTheClass() throws JsonProcessingException {
        Shell run = Shell.run(workspace, "run", "01", "--share", shared.toString(), "--as", "Ada");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .containsSubsequence(
                        "From now on each run here tells",
                        "\"name\" : \"Ada\"",
                        "Step 1, to do",
                        "Your progress is shared with");
        assertThat(output("class", shared.toString()))
                .contains("Class of 1: 0 stuck, 1 at work, 0 done")
                .containsPattern("Ada +01-sums +\\S{2} +1 to do +1 +now");
        JsonNode learner = new ObjectMapper()
                .readTree(output("class", shared.toString(), "--json"))
                .at("/learners/0");
        assertThat(learner.path("name").asText()).isEqualTo("Ada");
        assertThat(learner.path("need").asText()).isEqualTo("at work");
        assertThat(learner.path("stuckSeconds").isNull()).isTrue();
        assertThat(learner.at("/red/step").asInt()).isEqualTo(1);

        Shell reference = Shell.run(workspace, "run", "01", "--solutions");
        assertThat(reference.output()).as("of another answer nothing is told").doesNotContain("progress is shared");
    }

    @Test
    void withJsonSharingCannotBeginButGoesOn() throws IOException {
        Shell begin = Shell.run(workspace, "run", "01", "--json", "--share", shared.toString());
        assertThat(begin.exitCode()).isEqualTo(2);
        assertThat(begin.output()).contains("give --share once without --json");
        Shell.run(workspace, "run", "01", "--share", shared.toString());
        try (var files = Files.list(shared)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        Shell run = Shell.run(workspace, "run", "01", "--json");

        assertThat(new ObjectMapper().readTree(run.output()).path("complete").asBoolean(true))
                .isFalse();
        assertThat(shared).isNotEmptyDirectory();
    }

    @Test
    void nobodyYetIsNoError() {
        assertThat(output("class", shared.toString())).contains("Nobody has told of a run yet.");
    }

    @Test
    void thePageIsWritten() {
        Path page = root.resolve("pages/class.html");

        assertThat(output("class", shared.toString(), "--page", page.toString()))
                .contains("The page is " + page.toUri());
        assertThat(page).content().contains("Nobody has told of a run yet.", "</html>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class                              | Name the folder that the class shares in",
                "class nowhere                      | There is no folder nowhere.",
                "class x --bind 0.0.0.0             | --bind is an address to listen on: --listen PORT --bind 0.0.0.0",
                "class --listen 70000               | 70000 is no port",
                "run 01 --as Ada                    | you share nothing. Share with: --share URL|FOLDER",
                "run 01 --share nowhere             | There is no folder nowhere to share in",
            })
    void wrongUsageIsExplained(String args, String message) {
        Shell shell = Shell.run(workspace, args.trim().split(" "));

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).contains(message);
    }

    @Test
    void aListeningClassTakesRunsAndFollowsThem() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Terminal pipe = new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false, false);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
                    () -> Main.run(workspace, pipe, "class", shared.toString(), "--listen", "0"), threads);
            await("the address to share with is told").until(() -> text(output).contains("--share http://127.0.0.1:"));
            Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(text(output));
            assertThat(address.find()).isTrue();

            // More than one on a machine that is too busy to send within two seconds.
            await("a run is told in time")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Shell.run(workspace, "run", "01", "--share", address.group(), "--as", "Ada")
                            .output()
                            .contains("Your progress is shared with " + address.group() + " as Ada"));

            await("the class shows the run")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> text(output).contains("Class of 1: "));
            threads.shutdownNow();
            await("the class ends").until(exitCode::isDone);
            assertThat(exitCode).isCompletedWithValue(0);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String text(ByteArrayOutputStream output) {
        return output.toString(StandardCharsets.UTF_8);
    }

    private String output(String... args) {
        Shell shell = Shell.run(workspace, args);
        assertThat(shell.exitCode()).as(shell.output()).isZero();
        return shell.output();
    }
}
