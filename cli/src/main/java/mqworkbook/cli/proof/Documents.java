package mqworkbook.cli.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the project's Markdown against what is there: links lead somewhere, commands exist, and what a block shows under
 * {@code <!-- excerpt: NAME -->} is what the proof's run of that name has printed.
 */
public final class Documents {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)(?:^|`)\\./workbook ([a-z]+)");
    private static final Pattern EXCERPT =
            Pattern.compile("<!-- excerpt: (.+?) -->\\R+```[a-z]*\\R(.*?)\\R```", Pattern.DOTALL);
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".mvn", "node_modules");

    private final Path root;
    private final Set<String> commands;
    private final Map<String, Path> consoles;

    /**
     * A check.
     *
     * @param commands the launcher's commands
     * @param consoles what each run of the proof has printed, by the run's name
     */
    public Documents(Path root, Set<String> commands, Map<String, Path> consoles) {
        this.root = root;
        this.commands = commands;
        this.consoles = consoles;
    }

    /** What does not hold, a sentence each. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Path document : documents()) {
            String text = read(document);
            String name = root.relativize(document).toString();
            LINK.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(link -> !Files.exists(document.resolveSibling(link)))
                    .forEach(link -> complaints.add(name + " links to " + link + ", which is not there."));
            COMMAND.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(command -> !commands.contains(command))
                    .forEach(command ->
                            complaints.add(name + " names ./workbook " + command + ", which is no command."));
            Matcher excerpt = EXCERPT.matcher(text);
            while (excerpt.find()) {
                compare(name, excerpt.group(1), excerpt.group(2), complaints);
            }
        }
        return complaints;
    }

    private void compare(String document, String run, String block, List<String> complaints) {
        Path console = consoles.get(run);
        if (console == null) {
            // A lesson of which nothing was proven this time.
            return;
        }
        String printed = normal(read(console));
        for (String paragraph : block.split("\\R\\s*\\R")) {
            if (!printed.contains(normal(paragraph))) {
                complaints.add(document + " shows an excerpt of \"" + run + "\" that was not printed so: "
                        + paragraph.strip().lines().findFirst().orElse(""));
            }
        }
    }

    /** Without what differs from run to run: line breaks, which depend on lengths, numbers in ids, colours. */
    static String normal(String text) {
        return text.replaceAll("target/verify/[^/]+/sources", "src/main/java")
                .replaceAll("\u001b\\[[0-9;]*m", "")
                .replaceAll("\\b([A-Z])-\\d+", "$1-N")
                .replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "ID")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private List<Path> documents() {
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
        return documents;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
