package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The watch as a process of its own, on the fixture lesson, with a Redis that is kept up for it. */
@Timeout(180)
class WatchTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TODO = "throw new Todo(1, \"Add the two numbers.\");";

    @TempDir
    Path root;

    private Workspace workspace;
    private Path sums;
    private Path output;
    private Path temporary;
    private Process watch;
    private final Set<ProcessHandle> family = new HashSet<>();

    @BeforeEach
    void start() throws IOException {
        workspace = FixtureWorkspace.in(root.resolve("a workbook"));
        sums = workspace.lesson("01").skeleton().resolve("mqworkbook/sums/Sums.java");
        output = root.resolve("output.txt");
        temporary = Files.createDirectory(root.resolve("temporary"));
        // What tests name of a broker is what is started for them.
        FixtureWorkspace.edit(
                workspace.lesson("01").tests().resolve("mqworkbook/sums/SumsTest.java"),
                "class SumsTest {",
                "class SumsTest { // BrokerKind.REDIS");
        watch = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dworkbook.root=" + workspace.root(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "watch",
                        "sums")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        awaitOutput("Step 1, to do: Add the two numbers.");
        await("Redis runs").atMost(LIMIT).until(() -> commands().anyMatch(command -> command.contains("redis")));
        watch.descendants().forEach(family::add);
        assertThat(runFolders()).isNotEmpty();
    }

    @AfterEach
    void end() {
        watch.descendants().forEach(family::add);
        watch.destroyForcibly();
        assertNothingIsLeft();
    }

    @Test
    void aLessonIsWorkedThroughSaveBySave() throws Exception {
        save(TODO, "return left - right;");
        awaitOutput("Step 1, wrong: two and three are five");

        save("return left - right;", "return lfet + right;");
        awaitOutput("It does not compile: " + workspace.display(sums) + ":10: cannot find symbol");
        awaitOutput("step 1 of 2, wrong");

        save("return lfet + right;", "return left + right;");
        awaitOutput("Step 1 is done. On to step 2.");
        awaitOutput("Step 2, to do: Add all numbers; an empty list has the sum 0.");
        assertThat(Shell.run(workspace, "list").output()).contains("step 2 of 2, to do");

        watch.descendants().forEach(family::add);
        watch.getOutputStream().write("q\n".getBytes());
        watch.getOutputStream().flush();

        assertThat(watch.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isZero();
        assertNothingIsLeft();
        assertThat(read()).doesNotContain("\u001b");
    }

    @Test
    void theTestThatFailedLastRunsFirstAndTheOthersWhenItPasses() {
        save(TODO, "System.out.println(\"adding\"); return left + right;");
        awaitOutput("Step 2, to do: Add all numbers");
        String before = read();

        save("throw new Todo(2, \"Add all numbers; \" + \"an empty list has the sum 0.\");", "return 5;");
        awaitOutput("expected 6, and not one too many: 5");
        assertThat(read().substring(before.length())).contains("0 of 1").doesNotContain("adding");
        assertThat(Shell.run(workspace, "list", "01").output())
                .contains("step 2 of 2, wrong")
                .contains(", 1 of 1 tests")
                .contains("0 of 2 tests");

        save("return 5;", "return 6;");
        awaitOutput("Step 2, to do: Keep the start.");
        assertThat(read().substring(before.length())).contains("adding");
    }

    @ParameterizedTest
    @CsvSource({
        "System.exit(7); return 0;, 'The answer ended the JVM, exit code 7'",
        "Runtime.getRuntime().halt(8); return 0;, 'The answer ended the JVM, exit code 8'",
        "throw new StackOverflowError();, 'Step 1, wrong: two and three are five'"
    })
    void itSurvivesWhateverAnAnswerDoes(String code, String verdict) {
        save(TODO, code);
        awaitOutput(verdict);

        save(code, "return left + right;");

        awaitOutput("Step 2, to do");
    }

    @Test
    void itSurvivesAFolderThatVanishes() throws IOException {
        String text = FixtureWorkspace.read(sums);
        for (Path at = sums; !at.endsWith("main"); at = at.getParent()) {
            Files.delete(at);
        }
        awaitOutput("is gone. Bring back the skeleton: r");

        FixtureWorkspace.write(sums, text.replace(TODO, "return left + right;"));

        awaitOutput("Step 2, to do");
    }

    @Test
    void itSurvivesTheEndOfTheProcessesThatWorkForIt() {
        List<ProcessHandle> workers = family.stream()
                .filter(process -> !process.info().commandLine().orElse("").contains("Guardian"))
                .toList();
        workers.forEach(ProcessHandle::destroyForcibly);
        await("they are gone").atMost(LIMIT).until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));

        save(TODO, "return left + right;");

        awaitOutput("Step 2, to do");
    }

    @Test
    void whenItIsKilledNothingIsLeft() {
        watch.destroyForcibly();

        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(family).isNotEmpty();
        await("nothing is left running")
                .atMost(LIMIT)
                .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        await("no folder is left").atMost(LIMIT).until(() -> runFolders().isEmpty());
    }

    private List<Path> runFolders() {
        try (Stream<Path> children = Files.list(temporary)) {
            return children.filter(child -> child.getFileName().toString().startsWith("mqworkbook-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> commands() {
        return watch.descendants().map(process -> process.info().command().orElse(""));
    }

    private void save(String present, String changed) {
        FixtureWorkspace.edit(sums, present, changed);
    }

    private void awaitOutput(String text) {
        await("the watch says: " + text).atMost(LIMIT).until(() -> read().contains(text));
    }

    private String read() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
