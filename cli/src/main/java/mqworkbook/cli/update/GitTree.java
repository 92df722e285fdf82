package mqworkbook.cli.update;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mqworkbook.cli.host.Git;

/**
 * The files of a tree in git's store.
 *
 * @param files from the path below the root to what lies there
 */
record GitTree(SortedMap<String, Entry> files) {

    /** A file: its mode, "100644", and the id of its content. */
    record Entry(String mode, String blob) {}

    /** Reads the tree of a commit, or a tree. */
    static GitTree of(Git git, String tree) {
        SortedMap<String, Entry> files = new TreeMap<>();
        for (String line : git.lines("", "-c", "core.quotePath=true", "ls-tree", "-r", "--full-tree", tree)) {
            // "100644 blob 3b18e5...	lessons/..."
            String[] parts = line.split("[ \t]", 4);
            files.put(unquoted(parts[3]), new Entry(parts[0], parts[2]));
        }
        return new GitTree(files);
    }

    Optional<Entry> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** A line for {@code git update-index --index-info} that puts the file there, or takes it away. */
    static String line(String path, Optional<Entry> entry) {
        return entry.map(file -> file.mode() + " " + file.blob() + "\t" + path)
                .orElse("0 0000000000000000000000000000000000000000\t" + path);
    }

    /** A path as git quotes it: bytes beyond ASCII come as octal numbers, so no encoding of a terminal's matters. */
    static String unquoted(String path) {
        if (!path.startsWith("\"")) {
            return path;
        }
        Map<Character, Integer> named =
                Map.of('t', 9, 'n', 10, 'r', 13, 'a', 7, 'b', 8, 'f', 12, 'v', 11, '"', 34, '\\', 92);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 1; i < path.length() - 1; i++) {
            if (path.charAt(i) != '\\') {
                bytes.write(path.charAt(i));
            } else if (named.containsKey(path.charAt(i + 1))) {
                bytes.write(named.get(path.charAt(++i)));
            } else {
                bytes.write(Integer.parseInt(path.substring(i + 1, i + 4), 8));
                i += 3;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
