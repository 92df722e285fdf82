package mqworkbook.workbench.brokers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** Room for a server's data, checked before servers run out of it in ways that are hard to read. */
public final class DiskSpace {

    private DiskSpace() {}

    /** Throws unless the disk below {@code folder} has that many bytes free for this user. */
    public static void require(Path folder, long bytes) {
        try {
            if (Files.getFileStore(folder).getUsableSpace() < bytes) {
                throw full(folder);
            }
        } catch (IOException unknown) {
            // The server will say so itself.
        }
    }

    /** What to say about a full disk. */
    public static BrokerUnavailableException full(Path folder) {
        return new BrokerUnavailableException("The disk with the temporary folder " + folder
                + " is full: make room, or choose another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
    }
}
