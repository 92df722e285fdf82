package mqworkbook.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mqworkbook.cli.FixtureWorkspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderThatIsNotThereYetCanBeMade() {
        Check check = FolderCheck.of("cache", folder.resolve("not/yet"), 1);

        assertThat(check.state()).isEqualTo(Check.State.OK);
        assertThat(check.found()).endsWith(" GB free for " + folder.resolve("not/yet"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithTheSettingForAnother() {
        Path file = FixtureWorkspace.write(folder.resolve("file"), "");

        Check check = FolderCheck.of("cache", file.resolve("cache"), 1);

        assertThat(check.state()).isEqualTo(Check.State.MISSING);
        assertThat(check.found()).startsWith(file.resolve("cache") + " cannot be written");
        assertThat(check.details().get(0)).contains("MQ_WORKBOOK_CACHE");
    }

    @Test
    void aFullDiskIsMissingRoom() {
        Check check = FolderCheck.of("temp", folder, Long.MAX_VALUE);

        assertThat(check.state()).isEqualTo(Check.State.MISSING);
        assertThat(check.details().get(0)).startsWith("Make room");
    }

    @Test
    void thisMachineCanConnectToItselfAndToNoOther() {
        assertThat(LoopbackCheck.of("127.0.0.1").state()).isEqualTo(Check.State.OK);
        // An address that is nobody's (RFC 5737).
        assertThat(LoopbackCheck.of("192.0.2.1").state()).isEqualTo(Check.State.MISSING);
    }
}
