package mqworkbook.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.cli.FixtureWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files, with the system's reports and without. */
@Timeout(60)
@ParameterizedClass
@ValueSource(booleans = {true, false})
class SourceWatchTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** So long that only a report can be in time. */
    private static final Duration SELDOM = Duration.ofMinutes(5);

    private static final Duration OFTEN = Duration.ofMillis(20);

    @Parameter
    boolean reported;

    @TempDir
    Path root;

    private final AtomicInteger changes = new AtomicInteger();
    private SourceWatch watch;

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aSavedFileIsTold() {
        Path file = FixtureWorkspace.write(root.resolve("src/a/Sums.java"), "class Sums {}");
        watch();

        FixtureWorkspace.write(file, "class Sums { }");

        awaitChange("a file was written");
    }

    @Test
    void aFileThatIsSavedAsItWasIsToldToo() throws IOException {
        Path file = FixtureWorkspace.write(root.resolve("src/a/Sums.java"), "class Sums {}");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        watch();

        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));

        awaitChange("a file was written again");
    }

    @Test
    void aFileThatAnEditorPutsInThePlaceOfTheOldIsTold() throws IOException {
        Path file = FixtureWorkspace.write(root.resolve("src/a/Sums.java"), "class Sums {}");
        Path draft = FixtureWorkspace.write(root.resolve("src/a/.Sums.java.draft"), "class Sums {}");
        Files.setLastModifiedTime(draft, Files.getLastModifiedTime(file));
        watch();

        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);

        awaitChange("a file was replaced");
    }

    @Test
    void aFileInANewFolderIsTold() {
        FixtureWorkspace.write(root.resolve("src/a/Sums.java"), "class Sums {}");
        watch();

        FixtureWorkspace.write(root.resolve("src/b/c/More.java"), "class More {}");

        awaitChange("a file in a new folder");
    }

    @Test
    void whatAnEditorKeepsBesideTheFilesIsNot() {
        Path file = FixtureWorkspace.write(root.resolve("src/a/Sums.java"), "class Sums {}");
        watch();

        for (String name : new String[] {".#Sums.java", ".Sums.java.swp", "Sums.java~", "#Sums.java#", "4913"}) {
            FixtureWorkspace.write(root.resolve("src/a").resolve(name), "class Sums {}");
        }

        FixtureWorkspace.write(file, "class Sums { }");
        awaitChange("a file was written");
        assertThat(changes).hasValue(1);
    }

    @Test
    void aFolderThatVanishesAndComesBackIsTold() throws IOException {
        Path file = FixtureWorkspace.write(root.resolve("src/Sums.java"), "class Sums {}");
        // A folder that is not there reports nothing: looking every now and then is what finds it again.
        watch = SourceWatch.of(root.resolve("src"), OFTEN, changes::incrementAndGet);

        Files.delete(file);
        Files.delete(file.getParent());
        awaitChange("the folder is gone");

        changes.set(0);
        FixtureWorkspace.write(file, "class Sums {}");
        awaitChange("the folder is there again");
    }

    private void watch() {
        Path folder = root.resolve("src");
        watch = reported
                ? SourceWatch.of(folder, SELDOM, changes::incrementAndGet)
                : SourceWatch.polling(folder, OFTEN, changes::incrementAndGet);
    }

    private void awaitChange(String what) {
        await(what).atMost(LIMIT).untilAsserted(() -> assertThat(changes).hasPositiveValue());
    }
}
