package mqworkbook.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Paths in inline code and in commands are there: from the root; in a lesson's pages also from the lesson's folder, and from that of
 * its solutions.
 */
final class NamedPaths implements PageCheck {

    private static final Set<String> OF_ROOT =
            Set.of("solutions", "lessons", "docs", "cli", "workbench", "workbench-tests", "servers", ".ci");
    private static final Set<String> OF_LESSON =
            Set.of("src", "hints", "reference", "alternatives", "mistakes", "messages");
    private static final Pattern PATH = Pattern.compile("(?<![\\w./:$~-])([\\w.][\\w.-]*)/([\\w.*/+-]*)");
    private static final Pattern LESSON = Pattern.compile("(?:lessons|solutions)/(\\d\\d-[\\w-]+)/.*");

    /** PATH, NAME: the reader's own. */
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<=^|/)[A-Z]{2,}(?=\\.|/|$)");

    private final Path root;

    NamedPaths(Path root) {
        this.root = root;
    }

    @Override
    public List<Complaint> of(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        List<Path> lessonFolders = lessonFolders(page);
        for (Page.Part code : page.code()) {
            Matcher path = PATH.matcher(code.text());
            while (path.find()) {
                String first = path.group(1);
                String named = path.group().replaceFirst("[.]$", "");
                boolean ofRoot = OF_ROOT.contains(first);
                boolean ofLesson = !lessonFolders.isEmpty() && OF_LESSON.contains(first);
                if ((ofRoot || ofLesson)
                        && !named.contains("/target/")
                        && Stream.concat(Stream.of(root), lessonFolders.stream())
                                .noneMatch(folder -> isThere(folder, named))) {
                    complaints.add(new Complaint(code.line(), "names " + named + ", which is not there."));
                }
            }
        }
        return complaints;
    }

    private List<Path> lessonFolders(Page page) {
        Matcher lesson = LESSON.matcher(root.relativize(page.file()).toString().replace('\\', '/'));
        return lesson.matches()
                ? List.of(
                        root.resolve("lessons").resolve(lesson.group(1)),
                        root.resolve("solutions").resolve(lesson.group(1)))
                : List.of();
    }

    /** With a placeholder or a star somewhere, whether the folders before it are, and something that fits the star. */
    private static boolean isThere(Path folder, String named) {
        Path at = folder;
        for (String name : named.split("/")) {
            if (PLACEHOLDER.matcher(name).find()) {
                return Files.isDirectory(at);
            }
            Path next = name.contains("*") ? first(at, name) : at.resolve(name);
            if (next == null || !Files.exists(next)) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /** Null where nothing fits. */
    private static Path first(Path folder, String pattern) {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            for (Path path : found) {
                return path;
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
