package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.LessonFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesStampTest {

    @TempDir
    private Path root;

    private Path library;
    private List<LessonFiles> sums;
    private List<LessonFiles> both;

    @BeforeEach
    void writeFiles() throws IOException {
        Workspace workspace = FixtureWorkspace.in(root);
        Files.createDirectories(root.resolve("lessons/02-other"));
        library = Files.writeString(root.resolve("library.jar"), "");
        sums = List.of(workspace.lesson("01"));
        both = List.of(workspace.lesson("01"), new LessonFiles(root, "02-other"));
    }

    @Test
    void withoutABuildNothingIsCovered() {
        assertThat(stamp("3.9").covers(sums)).isFalse();
    }

    @Test
    void whatWasBuiltIsCoveredAndNothingElse() {
        stamp("3.9").add(sums, List.of(library));

        assertThat(stamp("3.9").covers(sums)).isTrue();
        assertThat(stamp("3.9").covers(both)).isFalse();
    }

    @Test
    void oneLessonAfterTheOtherMakesBoth() {
        stamp("3.9").add(sums, List.of(library));
        stamp("3.9").add(both.subList(1, 2), List.of());

        assertThat(stamp("3.9").covers(both)).isTrue();
    }

    @Test
    void aLibraryThatIsGoneHasToBeFetchedAgain() throws IOException {
        stamp("3.9").add(sums, List.of(library));
        Files.delete(library);

        assertThat(stamp("3.9").covers(sums)).isFalse();
    }

    @Test
    void anotherMavenOrAChangedModelMayNeedOtherFiles() throws IOException {
        stamp("3.9").add(sums, List.of(library));

        assertThat(stamp("3.8").covers(sums)).isFalse();

        Files.writeString(root.resolve("pom.xml"), "<project>changed</project>");
        assertThat(stamp("3.9").covers(sums)).isFalse();
    }

    private LibrariesStamp stamp(String maven) {
        return new LibrariesStamp(root.resolve(".workbook/prepared"), LibrariesStamp.key(root, maven));
    }
}
