package mqworkbook.workbench.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java files by the place that their package gives them.
 *
 * @param files from the path below a source root, {@code mqworkbook/decoupling/Topology.java}, to the file itself
 */
record SourceTree(SortedMap<String, Path> files) {

    /** White space, comments and annotations may stand before it. Parsing all files of a lesson would take seconds. */
    private static final Pattern PACKAGE = Pattern.compile(
            "(?s)(?:[\\s\\uFEFF]++|//[^\\n]*+|/\\*.*?\\*/|@[\\w.]++(?:\\([^)]*\\))?)*+package\\s+([^\\s;]+)\\s*;");

    SourceTree {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * Reads a folder in which the files may lie flat or in package folders: only the declared package counts.
     * Hidden folders and {@code target} are left out. A folder that does not exist holds nothing.
     */
    static SourceTree of(Path folder) {
        SortedMap<String, Path> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return new SourceTree(files);
        }
        try {
            Path start = folder.toRealPath();
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    String name = dir.equals(start) ? "" : dir.getFileName().toString();
                    boolean leftOut = name.startsWith(".") || name.equals("target");
                    return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.getFileName().toString().endsWith(".java")) {
                        add(files, file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SourceTree(files);
    }

    private static void add(SortedMap<String, Path> files, Path file) {
        Path twin = files.put(packageFolder(file) + file.getFileName(), file);
        if (twin != null) {
            throw new AnswerException("Two files declare the same class, " + twin + " and " + file
                    + ". Name the folder that holds only one of them.");
        }
    }

    private static String packageFolder(Path file) {
        try {
            Matcher declaration = PACKAGE.matcher(Files.readString(file));
            return declaration.lookingAt() ? declaration.group(1).replace('.', '/') + "/" : "";
        } catch (CharacterCodingException e) {
            throw new AnswerException(file + " is not encoded in UTF-8. Save it in UTF-8.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
