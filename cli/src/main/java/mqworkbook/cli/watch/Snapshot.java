package mqworkbook.cli.watch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What lies below a folder at one moment. Of files only those count that a build would take: no locks and back-up copies
 * of editors.
 *
 * @param files time, size and identity of each file
 * @param folders the folder itself and all below it; empty where it does not exist
 */
record Snapshot(Map<Path, String> files, Set<Path> folders) {

    static Snapshot of(Path folder) {
        Map<Path, String> files = new HashMap<>();
        Set<Path> folders = new HashSet<>();
        FileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                folders.add(dir);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && counts(file.getFileName().toString())) {
                    files.put(
                            file, attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            // Never thrown by the visitor; what cannot be read counts as gone.
        }
        return new Snapshot(Map.copyOf(files), Set.copyOf(folders));
    }

    private static boolean counts(String name) {
        return name.endsWith(".java") && !name.startsWith(".") && !name.startsWith("#");
    }

    /** Folders do not count: an empty one changes nothing. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot snapshot && files.equals(snapshot.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }
}
