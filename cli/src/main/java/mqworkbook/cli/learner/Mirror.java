package mqworkbook.cli.learner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Makes a folder hold exactly what another holds. */
public final class Mirror {

    private final Path source;

    private Mirror(Path source) {
        this.source = source;
    }

    public static Mirror of(Path source) {
        return new Mirror(source);
    }

    /** Of an empty folder. */
    static Mirror ofNothing() {
        return new Mirror(null);
    }

    /**
     * Copies what differs, then removes what the source does not have. Copies are as new as they are: a build must see
     * that they have changed.
     */
    public void into(Path target) {
        try {
            Files.createDirectories(target);
            for (Path file : files(source)) {
                Path copy = target.resolve(source.relativize(file).toString());
                if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            for (Path file : files(target)) {
                if (source == null
                        || !Files.exists(source.resolve(target.relativize(file).toString()))) {
                    Files.delete(file);
                    removeEmpty(file.getParent(), target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the target holds exactly this already. */
    public boolean isIn(Path target) {
        try {
            List<Path> mine = files(source);
            if (mine.size() != files(target).size()) {
                return false;
            }
            for (Path file : mine) {
                Path twin = target.resolve(source.relativize(file).toString());
                if (!Files.exists(twin) || Files.mismatch(file, twin) >= 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeEmpty(Path folder, Path upTo) throws IOException {
        for (Path at = folder; !at.equals(upTo); at = at.getParent()) {
            try (Stream<Path> children = Files.list(at)) {
                if (children.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(at);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
