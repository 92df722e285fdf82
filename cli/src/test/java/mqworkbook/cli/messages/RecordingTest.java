package mqworkbook.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    private static final Message LOST = message("an event is lost", "E-1 is gone", "Orders are lost.", "autoAck");
    private static final Message LATE = message("an event is late", "E-1 is late", "Orders wait.", "prefetch");

    @TempDir
    private Path folder;

    @Test
    void otherValuesAreTheSameFace() {
        Recording recording = new Recording(List.of()).with(LOST);

        assertThat(recording.knows(message("an event is lost", "E-17 is gone", "Orders are lost.", "autoAck")))
                .isTrue();
        assertThat(recording.with(LOST)).isEqualTo(recording);
    }

    @Test
    void whatWasSeenNeedNotBeTheSame() {
        Message seen = Message.ofTest(1, "an event is lost", "E-2 is gone\n  Seen: nothing");

        assertThat(new Recording(List.of())
                        .with(seen)
                        .knows(Message.ofTest(1, "an event is lost", "E-3 is gone\n  Seen: another")))
                .isTrue();
    }

    @Test
    void anotherMessageIsAFurtherFaceAndBothAreReadBack() {
        Recordings recordings = new Recordings(folder.resolve("messages"));
        recordings.write("mistake-x", new Recording(List.of()).with(LOST).with(LATE));

        Recording read = recordings.read("mistake-x");

        assertThat(read.faces()).containsExactly(LOST.normal(), LATE.normal());
        assertThat(read.knows(LOST)).isTrue();
        assertThat(recordings.answers()).containsExactly("mistake-x");
        recordings.remove("mistake-x");
        assertThat(recordings.read("mistake-x").faces()).isEmpty();
    }

    @Test
    void theDifferenceIsThatToTheFaceThatIsMostAlike() {
        Recording recording = new Recording(List.of()).with(LATE).with(LOST);

        assertThat(recording.difference(message("an event is lost", "E-5 is gone", "Orders are lost.", "no confirm")))
                .containsExactly("- Suspect  autoAck", "+ Suspect  no confirm");
        assertThat(recording.difference(LOST)).isEmpty();
    }

    @Test
    void anotherTestAnotherHeadlineAndAnotherMeaningAreDifferences() {
        Recording recording = new Recording(List.of()).with(LOST);

        assertThat(recording.knows(message("another", "E-1 is gone", "Orders are lost.", "autoAck")))
                .isFalse();
        assertThat(recording.knows(message("an event is lost", "E-1 is there", "Orders are lost.", "autoAck")))
                .isFalse();
        assertThat(recording.knows(message("an event is lost", "E-1 is gone", "Nothing.", "autoAck")))
                .isFalse();
    }

    private static Message message(String test, String headline, String means, String suspect) {
        return Message.ofTest(1, test, headline + "\n  Means: " + means + "\n  Suspect: " + suspect);
    }
}
