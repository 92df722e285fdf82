package mqworkbook.cli.prepare;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/** All files in a folder, but those in some folders below it. */
final class FileTree {

    private final Path root;
    private final Set<String> skippedNames;
    private final List<Path> skipped;

    private FileTree(Path root, Set<String> skippedNames, List<Path> skipped) {
        this.root = root;
        this.skippedNames = skippedNames;
        this.skipped = skipped;
    }

    static FileTree of(Path root) {
        return new FileTree(root, Set.of(), List.of());
    }

    /** Without folders of these names, and without these folders. */
    FileTree without(Set<String> names, Path... folders) {
        return new FileTree(root, names, List.of(folders));
    }

    /** Copies each file that is not there yet, with its time and rights. */
    void copyMissing(Path target) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(root)
                        && (skippedNames.contains(folder.getFileName().toString()) || skipped.contains(folder))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(inTarget(folder));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = inTarget(file);
                if (!Files.exists(copy)) {
                    // Whole or absent: whoever reads it meanwhile must not see half of it.
                    Path unfinished = copy.resolveSibling(copy.getFileName() + ".unfinished");
                    Files.copy(
                            file, unfinished, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
                }
                return FileVisitResult.CONTINUE;
            }

            private Path inTarget(Path path) {
                return target.resolve(root.relativize(path).toString());
            }
        });
    }

    /** Removes the files of these names. */
    void delete(Set<String> names) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (names.contains(name) || name.endsWith(".lastUpdated")) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
