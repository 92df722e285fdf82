package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import mqworkbook.workbench.brokers.guard.ProcessStart;
import mqworkbook.workbench.files.WholeFile;

/**
 * Where the keeper of this workbook listens, as it stands in a file of the workbook's state folder.
 *
 * @param pid the keeper's process
 * @param born its {@link ProcessStart}
 * @param port on the loopback interface
 * @param token whoever knows it may speak with the keeper
 */
public record KeeperAddress(long pid, long born, int port, String token) {

    private static final String FILE = "kept-brokers.properties";

    /** The address of this process. */
    static KeeperAddress here(int port, String token) {
        ProcessHandle here = ProcessHandle.current();
        return new KeeperAddress(here.pid(), ProcessStart.of(here), port, token);
    }

    /** What stands in the folder; empty when there is nothing, or nothing that makes sense. */
    public static Optional<KeeperAddress> in(Path folder) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(FILE))) {
            lines.load(reader);
            return Optional.of(new KeeperAddress(
                    Long.parseLong(lines.getProperty("pid", "")),
                    Long.parseLong(lines.getProperty("born", "")),
                    Integer.parseInt(lines.getProperty("port", "")),
                    lines.getProperty("token", "")));
        } catch (IOException | IllegalArgumentException absentOrDamaged) {
            return Optional.empty();
        }
    }

    /** Removes whatever stands in the folder. */
    public static void removeFrom(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it into the folder, whole or not at all, for the owner's eyes only. */
    void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Properties lines = new Properties();
        lines.setProperty("pid", String.valueOf(pid));
        lines.setProperty("born", String.valueOf(born));
        lines.setProperty("port", String.valueOf(port));
        lines.setProperty("token", token);
        // A temporary file is its owner's alone.
        Path written = Files.createTempFile(folder, "kept-brokers", ".new");
        try (Writer writer = Files.newBufferedWriter(written)) {
            lines.store(writer, null);
        }
        WholeFile.move(written, folder.resolve(FILE));
    }

    /** The keeper's process, if it lives: a process of the same number that began at another time is somebody else's. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> ProcessStart.of(process) == born);
    }
}
