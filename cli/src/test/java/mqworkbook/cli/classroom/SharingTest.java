package mqworkbook.cli.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.cli.classroom.ProgressJson.BadProgressException;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.report.StepState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs tell a class, with runs that leave a result and no more. */
@Timeout(60)
class SharingTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final String ADD = "throw new Todo(1, \"Add the two numbers.\");";

    @TempDir
    Path root;

    @TempDir
    Path shared;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Workspace workspace;
    private LessonFiles lesson;
    private Duration elapsed = Duration.ZERO;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
        lesson = workspace.lesson("01");
    }

    @Test
    void itTellsInFullWhatWillBeSentAndSendsAfterEachRun() throws Exception {
        sharing().begin(shared.toString(), "Ada", lesson);

        assertThat(text()).contains("as Ada; end it with --share off", "never your code", "\"name\" : \"Ada\"");
        assertThat(text()).doesNotContain("return left").doesNotContain("--as NAME");
        assertThat(files()).isEmpty();

        run(() -> red(1, "TODO", 0));

        assertThat(text()).contains("Your progress is shared with " + shared + " as Ada; end it with --share off.");
        LearnerProgress sent = sent();
        assertThat(sent.name()).isEqualTo("Ada");
        assertThat(sent.lesson()).isEqualTo("01-sums");
        assertThat(sent.steps())
                .extracting(LearnerProgress.Step::state)
                .containsExactly(StepState.TODO, StepState.WAITING);
        assertThat(sent.judged()).isTrue();
        assertThat(sent.red()).contains(new LearnerProgress.Red(1, START, 1, START, 0));
    }

    @Test
    void runsAtOneStepAreCountedAndProgressIsSeen() throws Exception {
        sharing().begin(shared.toString(), "Ada", lesson);
        run(() -> red(1, "TODO", 0));
        later(Duration.ofMinutes(5));
        run(() -> red(1, "WRONG", 0));
        assertThat(sent().red()).contains(new LearnerProgress.Red(1, START, 2, START, 1));

        later(Duration.ofMinutes(5));
        FixtureWorkspace.edit(lesson.skeleton().resolve("mqworkbook/sums/Sums.java"), ADD, "return left - right;");
        run(() -> red(1, "WRONG", 0));
        assertThat(sent().red()).contains(new LearnerProgress.Red(1, START, 3, START.plusSeconds(600), 0));

        later(Duration.ofMinutes(5));
        run(() -> red(2, "TODO", 0));
        assertThat(sent().red())
                .contains(new LearnerProgress.Red(2, START.plusSeconds(900), 1, START.plusSeconds(900), 0));
    }

    @Test
    void aRunThatCouldNotBeJudgedCountsAndSaysSo() throws Exception {
        sharing().begin(shared.toString(), "Ada", lesson);
        run(() -> red(1, "TODO", 0));
        later(Duration.ofMinutes(5));

        run(() -> 1);

        assertThat(sent().judged()).isFalse();
        assertThat(sent().red()).contains(new LearnerProgress.Red(1, START, 2, START, 1));
    }

    @Test
    void aRunThatLeavesTheStepOutSaysNothingOfIt() throws Exception {
        FixtureWorkspace.edit(lesson.skeleton().resolve("mqworkbook/sums/Sums.java"), ADD, "return left + right;");
        sharing().begin(shared.toString(), "Ada", lesson);
        run(() -> red(2, "TODO", 0));
        later(Duration.ofMinutes(5));

        run(() -> red(2, "NOT_RUN", 0));

        assertThat(sent().red()).contains(new LearnerProgress.Red(2, START, 1, START, 0));
        assertThat(sent().judged()).isTrue();
    }

    @Test
    void aLessonThatIsDoneIsRedNoLonger() throws Exception {
        sharing().begin(shared.toString(), "Ada", lesson);
        run(() -> red(1, "TODO", 0));
        Path sums = lesson.skeleton().resolve("mqworkbook/sums/Sums.java");
        FixtureWorkspace.write(sums, FixtureWorkspace.read(sums).replaceAll("throw new Todo\\(.*;", "return 0;"));

        run(() -> green());

        assertThat(sent().red()).isEmpty();
        assertThat(sent().complete()).isTrue();
        assertThat(sent().done()).containsExactly("01-sums");
    }

    @Test
    void runsAreCountedAlsoBeforeSharingBegins() throws Exception {
        run(() -> red(1, "TODO", 0));
        later(Duration.ofMinutes(30));
        sharing().begin(shared.toString(), "Ada", lesson);
        run(() -> red(1, "TODO", 0));

        assertThat(sent().red()).contains(new LearnerProgress.Red(1, START, 2, START, 1));
    }

    @Test
    void withoutANameTheLoginIsTakenAndTold() throws Exception {
        sharing().begin(shared.toString(), null, lesson);

        assertThat(text()).contains("as " + System.getProperty("user.name") + ";", "Another name: --as NAME.");

        sharing().rename("Ada L.");
        run(() -> red(1, "TODO", 0));
        assertThat(sent().name()).isEqualTo("Ada L.");
    }

    @Test
    void itIsRememberedUntilItIsSwitchedOff() throws Exception {
        sharing().begin(shared.toString(), "Ada", lesson);
        sharing().end();
        run(() -> red(1, "TODO", 0));

        assertThat(text()).contains("Nothing is shared any more").doesNotContain("Your progress is shared");
        assertThat(files()).isEmpty();
        sharing().begin(shared.toString(), null, lesson);
        assertThat(text()).contains("From now on each run here tells " + shared + " how far you are, as Ada;");
    }

    @Test
    void anAddressThatNeverAnswersCostsTwoSecondsAndNoVerdict() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            sharing().begin("http://127.0.0.1:" + silent.getLocalPort(), "Ada", lesson);
            long begin = System.nanoTime();

            assertThat(run(() -> green())).isZero();

            // Far more than the limit: what is promised is that a run ends, and the machine may be busy.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
        assertThat(text().lines().filter(line -> line.contains("does not answer within 2 seconds")))
                .hasSize(1);
    }

    @Test
    void aFolderThatIsGoneIsToldAndChangesNoVerdict() throws IOException {
        Path gone = Files.createDirectory(root.resolve("mounted"));
        sharing().begin(gone.toString(), "Ada", lesson);
        Files.delete(gone);

        assertThat(run(() -> green())).isZero();
        assertThat(text()).contains("could not be counted, or shared: There is no folder " + gone);
        assertThat(gone).doesNotExist();
    }

    @Test
    void whatIsNoClassroomIsRefusedAndNothingIsRemembered() {
        assertThatThrownBy(() -> sharing().begin(root + "/nowhere", "Ada", lesson))
                .isInstanceOf(AnswerException.class)
                .hasMessageContaining("There is no folder " + root + "/nowhere to share in");
        assertThatThrownBy(() -> sharing().begin("ftp://host/x", "Ada", lesson))
                .hasMessageContaining("name an http or https address, or a folder");
        assertThatThrownBy(() -> sharing().begin("http:///x", "Ada", lesson))
                .hasMessageContaining("write it like http://192.168.1.20:8080");
        assertThatThrownBy(() -> sharing().begin(shared.toString(), "\u001b", lesson))
                .hasMessageContaining("--as needs a name");
        assertThatThrownBy(() -> sharing().rename("Ada")).hasMessageContaining("you share nothing");
    }

    @Test
    void aCopyOfTheCheckoutIsSomebodyElse(@TempDir Path elsewhere) throws Exception {
        sharing().begin(shared.toString(), "Ada", lesson);
        run(() -> red(1, "TODO", 0));
        workspace = FixtureWorkspace.in(elsewhere);
        lesson = workspace.lesson("01");
        Files.createDirectories(workspace.state());
        Files.copy(
                root.resolve(".workbook/learner.properties"), workspace.state().resolve("learner.properties"));

        run(() -> red(1, "TODO", 0));

        assertThat(files()).hasSize(2);
    }

    private Sharing sharing() {
        Terminal terminal = new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false, false);
        return new Sharing(workspace, terminal, Clock.fixed(START.plus(elapsed), ZoneOffset.UTC));
    }

    private void later(Duration duration) {
        elapsed = elapsed.plus(duration);
    }

    private int run(IntSupplier judge) {
        return sharing().around(lesson, judge);
    }

    private int green() {
        result("DONE", 1, "DONE", 2, true);
        return 0;
    }

    private int red(int step, String state, int passed) {
        if (step == 1) {
            result(state, passed, "WAITING", 0, false);
        } else {
            result("DONE", 1, state, passed, false);
        }
        return 1;
    }

    private void result(String first, int firstPassed, String second, int secondPassed, boolean complete) {
        String step = "{\"number\": %d, \"state\": \"%s\", \"waitingFor\": 0, \"passed\": %d, \"methods\": %d}";
        Path file = FixtureWorkspace.write(
                lesson.result("skeleton"),
                "{\"complete\": %s, \"message\": \"\", \"steps\": [%s, %s]}"
                        .formatted(
                                complete,
                                step.formatted(1, first, firstPassed, 1),
                                step.formatted(2, second, secondPassed, 2)));
        try {
            // As late as the test's clock says: two runs may come within one tick of the file system's.
            Files.setLastModifiedTime(file, FileTime.from(START.plus(elapsed)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private LearnerProgress sent() throws IOException, BadProgressException {
        return ProgressJson.read(Files.readAllBytes(files().get(0)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(shared)) {
            return files.toList();
        }
    }
}
