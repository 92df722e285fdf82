package mqworkbook.workbench.brokers.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with all that is in it; links in it are removed, never followed.
 *
 * @param path the folder, absolute
 */
record OwnedFolder(Path path) implements Belonging {

    static final String KIND = "folder";

    static OwnedFolder parse(String text) {
        return new OwnedFolder(Path.of(URI.create(text)));
    }

    @Override
    public void clear() {
        for (Path each : deepestFirst()) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException stillInUse) {
                // A process that is just dying may add a file: the next round takes it.
            }
        }
    }

    @Override
    public boolean gone() {
        return Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** A URI is ASCII without blanks and line ends, whatever the path holds. */
    @Override
    public String line() {
        return KIND + " " + path.toUri();
    }

    private List<Path> deepestFirst() {
        try (Stream<Path> all = Files.walk(path)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException vanishing) {
            return List.of();
        }
    }
}
