package mqworkbook.workbench.brokers.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/**
 * Folders that are made once and kept over runs, under {@code ~/.cache/mq-workbook} ({@code XDG_CACHE_HOME} is
 * respected); elsewhere with the system property {@code workbook.cache} or the environment's {@code
 * MQ_WORKBOOK_CACHE}.
 *
 * <p>An entry is whole or absent, also after {@code kill -9} and with several JVMs at once.
 */
public final class UserCache {

    private static final Map<Path, Object> BUILDING = new ConcurrentHashMap<>();

    private final Path root;

    public UserCache(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** The cache of the user who runs this JVM. */
    public static UserCache ofUser() {
        String chosen = System.getProperty("workbook.cache", System.getenv("MQ_WORKBOOK_CACHE"));
        if (chosen != null && !chosen.isBlank()) {
            return new UserCache(Path.of(chosen));
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return new UserCache(base.resolve("mq-workbook"));
    }

    /** Where the entries lie; need not exist yet. */
    public Path root() {
        return root;
    }

    /** Makes the content of one entry. */
    @FunctionalInterface
    public interface Builder {
        void build(Path folder) throws IOException;
    }

    /**
     * The entry of that name, built first if it is not there yet; one JVM builds, others wait for it.
     *
     * @param name the entry's folder, unique to its content (let it contain versions)
     * @throws BrokerUnavailableException when the cache cannot be written
     */
    public Path get(String name, Builder builder) {
        Path entry = root.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        // A file lock keeps other JVMs out, not other threads of this one.
        synchronized (BUILDING.computeIfAbsent(entry, path -> new Object())) {
            try {
                Files.createDirectories(root);
                return buildLocked(entry, builder);
            } catch (IOException e) {
                throw new BrokerUnavailableException(
                        "The workbook's cache in " + root + " cannot be written (" + e.getMessage()
                                + "): make room and make it writable, or name another with MQ_WORKBOOK_CACHE=FOLDER",
                        e);
            }
        }
    }

    /** The entry of that name if it is there. */
    public boolean has(String name) {
        return Files.isDirectory(root.resolve(name));
    }

    private Path buildLocked(Path entry, Builder builder) throws IOException {
        Path lockFile = entry.resolveSibling(entry.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!Files.isDirectory(entry)) {
                Path unfinished = entry.resolveSibling(entry.getFileName() + ".unfinished");
                // Of a builder that was killed: whoever holds the lock is the only one at work.
                delete(unfinished);
                Files.createDirectory(unfinished);
                try {
                    builder.build(unfinished);
                    Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    delete(unfinished);
                }
            }
            return entry;
        }
    }

    /** Removes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
