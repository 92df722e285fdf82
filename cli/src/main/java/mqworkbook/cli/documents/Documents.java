package mqworkbook.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Holds the project's Markdown against what is there. */
public final class Documents {

    private static final Set<String> SKIPPED = Set.of("target", ".git", ".mvn", ".workbook", "node_modules");

    private final Path root;
    private final List<PageCheck> checks;

    /**
     * A check.
     *
     * @param commands what is wrong with arguments of the workbook's command line, in a sentence; empty for good ones
     * @param consoles what runs have printed, by the run's name
     */
    public Documents(Path root, Function<List<String>, Optional<String>> commands, Map<String, Path> consoles) {
        this.root = root;
        this.checks = List.of(
                new Links(),
                new WorkbookCalls(commands),
                new MavenCalls(root),
                new NamedPaths(root),
                new Excerpts(consoles));
    }

    /** What does not hold, a sentence each, with file and line. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Path file : files()) {
            Page page = Page.read(file);
            String name = root.relativize(file).toString();
            checks.stream()
                    .flatMap(check -> check.of(page).stream())
                    .sorted(Comparator.comparingInt(Complaint::line))
                    .forEach(complaint -> complaints.add(name + ":" + complaint.line() + " " + complaint.text()));
        }
        return complaints;
    }

    private List<Path> files() {
        List<Path> documents = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = !folder.equals(root)
                            && SKIPPED.contains(folder.getFileName().toString());
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        documents.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        documents.sort(Comparator.naturalOrder());
        return documents;
    }
}
