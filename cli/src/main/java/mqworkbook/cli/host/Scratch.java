package mqworkbook.cli.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.workbench.brokers.cache.UserCache;

/** A folder below the system's for temporary files. What a process that was killed has left is removed by the next one. */
final class Scratch {

    private static final String PREFIX = "mq-workbook-git-";

    private Scratch() {}

    /** Makes an empty one, of this process. */
    static Path make() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(parent);
        return Files.createTempDirectory(
                parent, PREFIX + ProcessHandle.current().pid() + "-");
    }

    private static void sweep(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : left) {
                if (!isAlive(folder)) {
                    UserCache.delete(folder);
                }
            }
        } catch (IOException e) {
            // Somebody else's, or being removed by another sweep: not in the way of this command.
        }
    }

    private static boolean isAlive(Path folder) {
        String owner =
                folder.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
        return !owner.matches("\\d{1,18}")
                || ProcessHandle.of(Long.parseLong(owner)).isPresent();
    }
}
