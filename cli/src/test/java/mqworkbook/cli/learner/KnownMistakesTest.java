package mqworkbook.cli.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.cli.messages.Message;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.MistakeHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownMistakesTest {

    @TempDir
    private Path root;

    private LessonFiles lesson;

    @BeforeEach
    void ofALesson() {
        lesson = new LessonFiles(root, "01-shop");
        mistake("auto-ack", face("nothing is lost", "E-N is gone", "acknowledged too early", "N messages are left"));
    }

    @Test
    void theSameTestWithTheSameHeadlineIsTheMistake() {
        assertThat(resembling(
                        failure("nothing is lost", "E-17 is gone", "acknowledged too early", "0 messages are left")))
                .containsExactly("auto-ack");
    }

    @Test
    void aMessageThatWasRecordedAsAFurtherFaceIsTheMistakeToo() {
        mistake(
                "no-confirm",
                face("a", "b", "c", "d") + "----\n" + face("each event arrives", "E-N did not", "no confirm", "e"));

        assertThat(resembling(failure("each event arrives", "E-3 did not", "no confirm", "e")))
                .containsExactly("no-confirm");
    }

    @Test
    void anotherTestOrHeadlineOrStepIsNoneOfThem() {
        assertThat(resembling(failure("another", "E-17 is gone", "acknowledged too early", "x")))
                .isEmpty();
        assertThat(resembling(failure("nothing is lost", "E-17 came twice", "acknowledged too early", "x")))
                .isEmpty();
        assertThat(resembling(Message.ofTest(3, "nothing is lost", "E-17 is gone")))
                .isEmpty();
        assertThat(resembling(Message.parse("Step 4, to do: nothing is lost").orElseThrow()))
                .isEmpty();
    }

    @Test
    void ofMistakesThatFailAlikeThoseFitBestWhoseSuspectIsTheSame() {
        mistake("ack-in-finally", face("nothing is lost", "E-N is gone", "acknowledged in finally", "x"));

        assertThat(resembling(failure("nothing is lost", "E-1 is gone", "acknowledged in finally", "y")))
                .containsExactly("ack-in-finally");
    }

    @Test
    void twoThatFitEquallyWellAreBothNamedAndThreeAreNoHint() {
        String face = face("nothing is lost", "E-N is gone", "acknowledged too early", "N messages are left");
        Message failure = failure("nothing is lost", "E-1 is gone", "acknowledged too early", "0 messages are left");
        mistake("ack-first", face);

        assertThat(resembling(failure)).containsExactly("ack-first", "auto-ack");

        mistake("batch-ack", face);
        assertThat(resembling(failure)).isEmpty();
    }

    @Test
    void aLaterFailureCountsWhereNoMistakeIsKnownForTheFirst() {
        Message unknown = failure("a test of its own", "x", "y", "z");
        Message known = failure("nothing is lost", "E-17 is gone", "acknowledged too early", "x");
        mistake("slow", face("nothing is late", "E-N is late", "prefetch", "x"));

        assertThat(resembling(unknown, known)).containsExactly("auto-ack");
        assertThat(resembling(failure("nothing is late", "E-2 is late", "prefetch", "x"), known))
                .containsExactly("slow");
    }

    private List<String> resembling(Message... failures) {
        return KnownMistakes.of(lesson).resembling(List.of(failures)).stream()
                .map(MistakeHeader::name)
                .toList();
    }

    private static Message failure(String test, String headline, String suspect, String seen) {
        return Message.ofTest(
                4, test, headline + "\n  Seen: " + seen + "\n  Means: Orders are lost.\n  Suspect: " + suspect);
    }

    private static String face(String test, String headline, String suspect, String seen) {
        return "Step 4, wrong: %s%n%n  %s%n  Seen     %s%n  Means    Orders are lost.%n  Suspect  %s%n"
                .formatted(test, headline, seen, suspect);
    }

    private void mistake(String name, String recorded) {
        FixtureWorkspace.write(lesson.solutions().resolve("mistakes/" + name + "/shop/Shop.java"), """
                        // Mistake:   %s
                        // Wrong:     It is wrong.
                        // Shows as:  It shows.
                        // Caught in: step 4
                        // Says:      "gone"
                        package shop;
                        class Shop {}
                        """.formatted(name));
        FixtureWorkspace.write(lesson.messages().resolve("mistake-" + name + ".txt"), recorded);
    }
}
