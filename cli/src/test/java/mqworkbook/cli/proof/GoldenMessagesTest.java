package mqworkbook.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.cli.proof.GoldenMessages.Mode;
import mqworkbook.cli.proof.ProofItem.Kind;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.run.RunResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenMessagesTest {

    @TempDir
    private Path root;

    private LessonFiles lesson;
    private GoldenMessages golden;

    @BeforeEach
    void ofALesson() {
        lesson = new LessonFiles(root, "01-sums");
        golden = new GoldenMessages(lesson);
    }

    @Test
    void whatIsRecordedIsNoDifference() {
        assertThat(golden.record(List.of(caught("one too many")), Mode.ADD)).isEqualTo(1);

        assertThat(golden.differences(List.of(caught("one too many")))).isEmpty();
        assertThat(golden.record(List.of(caught("one too many")), Mode.ADD)).isZero();
    }

    @Test
    void whatIsNotRecordedIsOneNote() {
        assertThat(golden.differences(List.of(caught("one too many"))))
                .containsExactly(
                        "01-sums: not recorded are the messages of mistake x; ./workbook verify 01 --record does it.");
    }

    @Test
    void aFurtherFaceIsAddedAndTheFirstStays() {
        golden.record(List.of(caught("one too many")), Mode.ADD);

        assertThat(golden.differences(List.of(caught("one too few"))))
                .containsExactly("01-sums, mistake x: the message is none of those in"
                        + " solutions/01-sums/messages/mistake-x.txt:\n"
                        + "  - Wrong    one too many\n"
                        + "  + Wrong    one too few");
        golden.record(List.of(caught("one too few")), Mode.ADD);
        assertThat(golden.differences(List.of(caught("one too few")))).isEmpty();
        assertThat(golden.differences(List.of(caught("one too many")))).isEmpty();
    }

    @Test
    void afreshOnlyThisProofsFaceIsLeft() {
        golden.record(List.of(caught("one too many")), Mode.ADD);

        assertThat(golden.record(List.of(caught("one too few")), Mode.AFRESH)).isEqualTo(1);

        assertThat(golden.differences(List.of(caught("one too many")))).hasSize(1);
    }

    @Test
    void anAnswerThatIsNotProvenIsNeitherComparedNorRecorded() {
        List<ProofResult> results = List.of(result(List.of("Green, and must be red."), "one too many"));

        assertThat(golden.differences(results)).isEmpty();
        assertThat(golden.record(results, Mode.AFRESH)).isZero();
        assertThat(lesson.messages()).doesNotExist();
    }

    @Test
    void whatBelongsToNoAnswerIsNotedAndRemoved() {
        Path stray = FixtureWorkspace.write(lesson.messages().resolve("mistake-gone.txt"), "Step 1, to do: a\n");

        assertThat(golden.differences(List.of()))
                .containsExactly("solutions/01-sums/messages/mistake-gone.txt belongs to no answer;"
                        + " ./workbook verify 01 --record removes it.");
        assertThat(golden.record(List.of(), Mode.ADD)).isEqualTo(1);
        assertThat(stray).doesNotExist();
    }

    private static ProofResult caught(String headline) {
        return result(List.of(), headline);
    }

    private static ProofResult result(List<String> complaints, String headline) {
        ProofItem item = new ProofItem(Kind.MISTAKE, "x", () -> null, Expectations.green());
        String problem = "Step 2, wrong: sums\n\n  " + headline + "\n  Seen     7 in place of 6";
        return new ProofResult(
                item, complaints, new RunResult(List.of(), problem, Duration.ZERO, ""), Path.of("console.txt"));
    }
}
