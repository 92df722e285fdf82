package mqworkbook.cli.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.cli.host.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of documents, and what is shown of it. */
class ClassFolderTest {

    /** Three hours after the learners' clocks say that they sent: the clocks differ. */
    private static final Instant NOW = Learners.SENT.plus(Duration.ofHours(3));

    @TempDir
    Path folder;

    @Test
    void whoeverIsStuckLongestComesFirstAndWhoeverIsDoneLast() throws IOException {
        arrive(Learners.done(1, "Done"), Duration.ofMinutes(90));
        arrive(Learners.red(2, "Stuck 5", Duration.ofMinutes(4), 2), Duration.ofMinutes(1));
        arrive(Learners.red(3, "Silent", Duration.ofMinutes(50), 0), Duration.ofMinutes(40));
        arrive(Learners.red(4, "Stuck 30", Duration.ofMinutes(10), 1), Duration.ofMinutes(20));
        arrive(Learners.red(5, "Working", Duration.ofMinutes(50), 0), Duration.ofMinutes(2));

        Roster roster = read();

        assertThat(roster.seats())
                .extracting(seat -> seat.progress().name())
                .containsExactly("Stuck 30", "Stuck 5", "Silent", "Working", "Done");
        assertThat(roster.summary()).isEqualTo("Class of 5: 2 stuck, 2 at work, 1 done");
        assertThat(roster.complaints()).isEmpty();
    }

    @Test
    void aLearnersClockThatIsHoursWrongChangesNoAge() throws IOException {
        arrive(Learners.red(1, "Ada", Duration.ofMinutes(10), 4), Duration.ofMinutes(2));
        arrive(Learners.red(2, "Bob", Duration.ofMinutes(-10), 4), Duration.ofMinutes(-30));

        assertThat(read().seats())
                .extracting(
                        seat -> seat.progress().name(),
                        Seat::heard,
                        seat -> seat.stuck().orElseThrow())
                .containsExactly(
                        tuple("Ada", Duration.ofMinutes(2), Duration.ofMinutes(12)),
                        tuple("Bob", Duration.ZERO, Duration.ZERO));
    }

    @Test
    void learnersOfOneNameAreTwo() throws IOException {
        arrive(Learners.done(1, "Ada"), Duration.ZERO);
        arrive(Learners.done(2, "Ada"), Duration.ZERO);

        assertThat(read().seats()).hasSize(2);
    }

    @Test
    void brokenForeignAndOldFilesAreOneLineEachAndTheRestIsShown() throws IOException {
        arrive(Learners.done(1, "Ada"), Duration.ZERO);
        Path copy = folder.resolve("progress-conflict (1).json");
        FixtureWorkspace.write(copy, ProgressJson.write(Learners.red(1, "Ada", Duration.ZERO, 0)));
        Files.setLastModifiedTime(copy, FileTime.from(NOW.minus(Duration.ofHours(1))));
        arrive(Learners.done(2, "Bob"), Duration.ofDays(3));
        FixtureWorkspace.write(folder.resolve("broken.json"), "{\"format\": 1, \"id\"");
        FixtureWorkspace.write(folder.resolve("notes.txt"), "Coffee at ten");
        FixtureWorkspace.write(folder.resolve(".DS_Store"), "x");
        Files.createDirectory(folder.resolve("folder.json"));

        Roster roster = read();

        assertThat(roster.seats()).extracting(seat -> seat.progress().name()).containsExactly("Ada");
        assertThat(roster.seats().get(0).need()).isEqualTo(Seat.Need.DONE);
        assertThat(roster.complaints())
                .containsExactly(
                        "broken.json is no JSON, or only a part of it",
                        "folder.json is not progress of a workbook",
                        "notes.txt is not progress of a workbook",
                        "progress-0000000000000002.json is old: Bob was heard of 3 d ago. Show it with --since, or"
                                + " remove it",
                        "progress-conflict (1).json is an older copy of what Ada has sent");
    }

    @Test
    void theTableFitsEightyColumns() throws IOException {
        arrive(Learners.red(1, "A name that is longer than its column", Duration.ofDays(20), 99), Duration.ofDays(-1));
        arrive(
                Learners.red(2, "\u674e\u96f7\u548c\u97e9\u6885\u6885\u7684\u540c\u5b66\u4eec", Duration.ZERO, 3),
                Duration.ofMinutes(3));

        Terminal plain = new Terminal(System.out, false, false);

        assertThat(new ClassTable(plain).lines(read()))
                .allMatch(line -> Columns.width(line) <= 80)
                .noneMatch(line -> line.contains("\u001b"))
                .anyMatch(line -> line.matches("A name that is lo~  01-sums  .*2 wrong +100 +20 d +now"))
                .anyMatch(line -> line.matches("\\S{8}~   01-sums  .*2 wrong +4 +3 min +3 min"));
    }

    @Test
    void thePageNeedsNothingElseAndSaysWhatLearnersWriteAsText() throws IOException {
        arrive(Learners.red(1, "<script>alert('x')</script>", Duration.ofMinutes(9), 2), Duration.ZERO);
        FixtureWorkspace.write(folder.resolve("<b>.txt"), "");

        String page = new ClassPage(Optional.of(5)).html(read(), NOW.atZone(ZoneOffset.UTC));

        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)", "&lt;b&gt;.txt", "http-equiv=\"refresh\" content=\"5\"")
                .contains("scope=\"row\"", "aria-label=\"1 done, 2 wrong\"", "9 min", "prefers-color-scheme: dark")
                .doesNotContain("<script", "<b>", "http://", "https://", "src=", "@import", "url(");
        assertThat(new ClassPage(Optional.empty()).html(read(), NOW.atZone(ZoneOffset.UTC)))
                .doesNotContain("refresh");
    }

    private Roster read() {
        return new ClassFolder(folder, Duration.ofHours(24)).read(NOW);
    }

    private void arrive(LearnerProgress progress, Duration ago) throws IOException {
        Path file = FixtureWorkspace.write(
                folder.resolve(FolderClassroom.fileName(progress)), ProgressJson.write(progress));
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(ago)));
    }
}
