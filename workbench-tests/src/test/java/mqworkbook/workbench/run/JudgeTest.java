package mqworkbook.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.AnswerCompiler;
import mqworkbook.workbench.answer.Fixture;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.TestClassPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JudgeTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final AnswerCompiler compiler = new AnswerCompiler(TestClassPath.libraries());
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> started = new ArrayList<>();

    @TempDir
    Path root;

    private LessonFiles lesson;
    private Judge judge;
    private boolean telling;
    private Set<String> only = Set.of();

    @BeforeEach
    void compileTheFixture() {
        lesson = Fixture.in(root);
        compiler.compile(List.of(lesson.given(), lesson.skeleton(), lesson.tests()), List.of(), root.resolve("all"));
        compiler.compile(List.of(lesson.tests()), List.of(root.resolve("all")), root.resolve("tests"));
        judge = judge(LIMIT);
    }

    @AfterEach
    void endTheJudge() {
        judge.close();
    }

    @Test
    void everyAnswerIsJudgedByItself() {
        RunResult reference = run(lesson.reference());
        RunResult mistake = run(lesson.mistakes().get(0));
        RunResult loop = run(lesson.alternatives().get(0));

        assertThat(reference.green()).isTrue();
        assertThat(reference.tests()).extracting(TestOutcome::step).containsExactly(1, 2, 2);
        assertThat(mistake.green()).isFalse();
        assertThat(mistake.firstFailure()).hasValueSatisfying(test -> {
            assertThat(test.step()).isEqualTo(2);
            assertThat(test.name()).isEqualTo("one, two and three are six");
            assertThat(test.message()).contains("one too many: 7");
        });
        assertThat(mistake.problem()).startsWith("Step 2, wrong: one, two and three are six");
        assertThat(reference.problem()).isEmpty();
        assertThat(loop.green()).isTrue();
        assertThat(started).startsWith("two and three are five", "one, two and three are six");
    }

    @Test
    void aRunOfSomeTagsIsNotGreenWhenNothingRan() {
        assertThat(run(lesson.reference(), List.of("live")).tests()).hasSize(1);
        assertThat(run(lesson.reference(), List.of("absent")).green()).isFalse();
    }

    @Test
    void methodsTellWhichTestsUsedThem() {
        telling = true;
        String adds = "mqworkbook.sums.SumsTest$Adding#addsTwoNumbers()";
        String addsAll = "mqworkbook.sums.SumsTest$Summing#addsAllNumbers()";
        String counts = "mqworkbook.sums.SumsTest$Summing#counts()";

        assertThat(run(lesson.reference()).uses())
                .containsEntry("mqworkbook.sums.Sums#<init>()V", Set.of(adds, addsAll))
                .containsEntry("mqworkbook.sums.Sums#add(II)I", Set.of(adds, addsAll))
                .containsEntry("mqworkbook.sums.Sums#sum(Ljava/util/List;)I", Set.of(addsAll))
                .containsEntry("mqworkbook.sums.Sums$Counter#next()I", Set.of(counts))
                .containsEntry("mqworkbook.sums.Numbers#<clinit>()V", Set.of(addsAll))
                .doesNotContainKey("mqworkbook.sums.Sums#sum([I)I");
        assertThat(run(lesson.alternatives().get(0)).uses()).containsKey("mqworkbook.sums.Helper#add(II)I");
        telling = false;
        assertThat(run(lesson.reference()).uses()).isEmpty();
    }

    @Test
    void whatAnotherThreadUsesIsUsedByTheTest() {
        telling = true;
        submit("int[] sum = {0}; Thread adding = new Thread(() -> sum[0] = late(left, right)); adding.start();"
                + " while (sum[0] == 0) Thread.onSpinWait(); return sum[0]; }"
                + " private static int late(int left, int right) { return left + right;");

        assertThat(run(root.resolve("submitted")).uses())
                .hasEntrySatisfying(
                        "mqworkbook.sums.Sums#late(II)I",
                        tests -> assertThat(tests).contains("mqworkbook.sums.SumsTest$Adding#addsTwoNumbers()"));
    }

    @Test
    void someTestsAlone() {
        only = Set.of("mqworkbook.sums.SumsTest$Summing#counts()");
        assertThat(run(lesson.reference()).tests()).extracting(TestOutcome::id).isEqualTo(List.copyOf(only));

        only = Set.of("mqworkbook.sums.SumsTest$Adding");
        assertThat(run(lesson.reference()).tests())
                .extracting(TestOutcome::id)
                .containsExactly("mqworkbook.sums.SumsTest$Adding#addsTwoNumbers()");
    }

    @Test
    void whatARunPrintsGoesToItsFile() {
        submit("System.out.println(\"printed by the answer\"); return left + right;");

        run(root.resolve("submitted"));

        assertThat(Fixture.read(root.resolve("console.txt"))).contains("printed by the answer");
        judge.close();
        assertThat(output.toString()).doesNotContain("printed by the answer");
    }

    @Test
    void anAnswerThatEndsTheJvmIsNamedAndTheNextIsJudged() {
        submit("System.exit(3); return 0;");

        RunResult exit = run(root.resolve("submitted"));

        assertThat(exit.green()).isFalse();
        assertThat(exit.broken())
                .isEqualTo("The answer ended the JVM, exit code 3, in the test \"two and three are five\".");
        assertThat(run(lesson.reference()).green()).isTrue();
    }

    @Test
    void anAnswerThatHangsIsEndedAndTheNextIsJudged() {
        submit("while (true) { Thread.onSpinWait(); }");
        // Less than the ten seconds after which the hang guard ends a test.
        judge = judge(Duration.ofSeconds(9));

        RunResult hung = run(root.resolve("submitted"));

        assertThat(hung.broken())
                .isEqualTo("The run did not end within 9 s; it hung in the test \"two and three are five\".");
        judge.close();
        judge = judge(LIMIT);
        assertThat(run(lesson.reference()).green()).isTrue();
    }

    @Test
    void aThreadThatCannotBeStoppedCostsTheJvmAndNotTheNextAnswer() {
        submit("new Thread(() -> { while (true) { Thread.onSpinWait(); } }).start(); return left + right;");
        long before = children();

        RunResult result = run(root.resolve("submitted"));

        assertThat(result.broken()).isEmpty();
        assertThat(children()).isEqualTo(before);
        assertThat(run(lesson.reference()).green()).isTrue();
    }

    @Test
    void theProcessEndsWithItsInput() {
        run(lesson.reference());
        long before = children();

        judge.close();

        assertThat(children()).isEqualTo(before - 1);
    }

    @Test
    void aProcessCanLoadAheadWhatAnotherHasLoaded() {
        Path first = root.resolve("first.txt");
        judge = judge(LIMIT, LoadedClasses.recording(first));
        run(lesson.reference());
        judge.close();
        assertThat(first).content().contains("mqworkbook.workbench.run.LessonRun source:");

        Path second = root.resolve("second.txt");
        judge = judge(LIMIT, LoadedClasses.recording(second));
        judge.warm(first);
        judge.awaitWarm();

        assertThat(second).content().contains("mqworkbook.workbench.run.LessonRun source:");
        assertThat(run(lesson.reference()).green()).isTrue();
    }

    @Test
    void aRunDoesNotNeedTheWarmUpToEnd() {
        judge.warm(root.resolve("there-is-no-such-list.txt"));

        assertThat(run(lesson.reference()).green()).isTrue();
        judge.awaitWarm();
    }

    private Judge judge(Duration limit, String... flags) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JudgeProcess.class.getName()));
        return new Judge(new ProcessBuilder(command), limit, new PrintStream(output, true));
    }

    private void submit(String body) {
        String reference = Fixture.read(lesson.reference().resolve("mqworkbook/sums/Sums.java"));
        Fixture.write(root.resolve("submitted/Sums.java"), reference.replace("return left + right;", body));
    }

    private RunResult run(Path folder) {
        return run(folder, List.of());
    }

    private RunResult run(Path folder, List<String> tags) {
        Path merged = root.resolve("merged");
        Path classes = root.resolve("classes");
        Answer.at(lesson, folder).mergeInto(merged);
        compiler.compile(List.of(merged, lesson.given()), List.of(), classes);
        File tests = root.resolve("tests").toFile();
        RunRequest request = new RunRequest(
                folder.getFileName().toString(),
                List.of(classes.toFile(), tests),
                tests,
                tags,
                only,
                Map.of(),
                Map.of(),
                root.resolve("console.txt").toFile(),
                telling);
        return judge.run(request, test -> started.add(test.test()));
    }

    private static long children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }
}
