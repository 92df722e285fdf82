package mqworkbook.workbench.brokers.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    @TempDir
    private Path folder;

    @Test
    void enough_room_passes() {
        assertThatCode(() -> DiskSpace.require(folder, 1)).doesNotThrowAnyException();
    }

    @Test
    void too_little_room_names_the_folder_and_the_way_out() {
        assertThatThrownBy(() -> DiskSpace.require(folder, Long.MAX_VALUE))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("java.io.tmpdir");
    }
}
