package mqworkbook.workbench.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** TCP connections of this process, as Linux lists them. */
final class OwnConnections {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private OwnConnections() {}

    /** Established ones to that port, whoever in this process has opened them. */
    static long to(int port) {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), "needs the connection tables of Linux");
        Set<String> own = sockets();
        String remote = String.format(":%04X", port);
        return TABLES.stream()
                .filter(Files::isReadable)
                .flatMap(table -> lines(table).stream())
                .map(line -> line.trim().split("\\s+"))
                .filter(row -> row[2].endsWith(remote) && row[3].equals("01") && own.contains(row[9]))
                .count();
    }

    private static Set<String> sockets() {
        try (Stream<Path> files = Files.list(DESCRIPTORS)) {
            return files.map(OwnConnections::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
