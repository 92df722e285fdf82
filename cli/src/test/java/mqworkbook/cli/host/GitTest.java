package mqworkbook.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.cli.FixtureWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTest {

    @TempDir
    Path root;

    private Path skeleton;

    @BeforeEach
    void aCommittedSkeleton() {
        assumeThat(Command.in(root, List.of("git", "--version")).run().succeeded())
                .as("git is installed")
                .isTrue();
        skeleton = root.resolve("lessons/01-sums/src/main/java");
        FixtureWorkspace.write(skeleton.resolve("sums/Sums.java"), "class Sums {}\n");
        git("init", "--quiet");
    }

    @Test
    void aCommittedFolderIsNotEditedUntilItIs() {
        commit();
        assertThat(new Git(root).isEdited(skeleton)).isFalse();

        FixtureWorkspace.write(skeleton.resolve("sums/Added.java"), "class Added {}\n");

        assertThat(new Git(root).isEdited(skeleton)).isTrue();
    }

    @Test
    void theCommittedFilesAreExported() {
        commit();
        FixtureWorkspace.write(skeleton.resolve("sums/Sums.java"), "class Sums { int edited; }\n");

        new Git(root).export(skeleton, root.resolve("exported"));

        assertThat(root.resolve("exported/sums/Sums.java")).hasContent("class Sums {}");
    }

    @Test
    void whatWasNeverCommittedCountsAsUnedited() {
        assertThat(new Git(root).isEdited(skeleton)).isFalse();
    }

    @Test
    void whatAKilledProcessHasLeftIsRemovedAndWhatALivingOneNeedsIsNot() throws Exception {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Process dead = new ProcessBuilder("git", "--version").start();
        dead.waitFor();
        Path left = Files.createTempDirectory(temporary, "mq-workbook-git-" + dead.pid() + "-");
        FixtureWorkspace.write(left.resolve("index"), "x");
        Path mine = Files.createTempDirectory(
                temporary, "mq-workbook-git-" + ProcessHandle.current().pid() + "-");
        commit();

        new Git(root).export(skeleton, root.resolve("exported"));

        assertThat(left).doesNotExist();
        assertThat(mine).exists();
        Files.delete(mine);
    }

    private void commit() {
        git("add", ".");
        git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Begin");
    }

    private void git(String... arguments) {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(arguments));
        assertThat(Command.in(root, words).run().exitCode()).isZero();
    }
}
