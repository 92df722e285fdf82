package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import mqworkbook.cli.FixtureWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

    @TempDir
    private Path folder;

    private Path from;

    @BeforeEach
    void writeFiles() throws IOException {
        from = folder.resolve("from");
        Path source = FixtureWorkspace.write(from.resolve("src/A.java"), "class A {}");
        Files.setLastModifiedTime(source, FileTime.fromMillis(86_400_000));
        FixtureWorkspace.write(from.resolve("target/A.class"), "");
        FixtureWorkspace.write(from.resolve("lessons/01/target/B.class"), "");
        FixtureWorkspace.write(from.resolve("pack/a.jar"), "");
    }

    @Test
    void whatIsLeftOutStaysOutAndTheRestKeepsItsTime() throws IOException {
        Path to = folder.resolve("to");

        FileTree.of(from).without(Set.of("target"), from.resolve("pack")).copyMissing(to);

        assertThat(to.resolve("src/A.java")).hasContent("class A {}");
        assertThat(Files.getLastModifiedTime(to.resolve("src/A.java")).toMillis())
                .isEqualTo(86_400_000);
        assertThat(to.resolve("lessons/01")).isEmptyDirectory();
        assertThat(to.resolve("target")).doesNotExist();
        assertThat(to.resolve("pack")).doesNotExist();
    }

    @Test
    void filesOfANameAndWhatWasNotFoundAreRemovedEverywhere() throws IOException {
        FixtureWorkspace.write(from.resolve("a/_remote.repositories"), "");
        FixtureWorkspace.write(from.resolve("a/a-1.jar.lastUpdated"), "");

        FileTree.of(from).delete(Set.of("_remote.repositories"));

        assertThat(from.resolve("a")).isEmptyDirectory();
        assertThat(from.resolve("src/A.java")).exists();
    }
}
