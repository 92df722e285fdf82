package mqworkbook.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a block shows under {@code <!-- excerpt: NAME -->} is what the run of that name has printed. */
final class Excerpts implements PageCheck {

    private final Map<String, Path> consoles;

    /**
     * A check.
     *
     * @param consoles what each run has printed, by the run's name; an excerpt of another run is left alone
     */
    Excerpts(Map<String, Path> consoles) {
        this.consoles = consoles;
    }

    @Override
    public List<Complaint> of(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        for (Page.Excerpt excerpt : page.excerpts()) {
            Path console = consoles.get(excerpt.run());
            if (console != null) {
                String printed = normal(read(console));
                for (String paragraph : excerpt.block().split("\\R\\s*\\R")) {
                    if (!printed.contains(normal(paragraph))) {
                        complaints.add(new Complaint(
                                excerpt.line(),
                                "shows an excerpt of \"" + excerpt.run() + "\" that was not printed so: "
                                        + paragraph.strip().lines().findFirst().orElse("")));
                    }
                }
            }
        }
        return complaints;
    }

    /** Without what differs from run to run: line breaks, which depend on lengths, numbers in ids, colours. */
    private static String normal(String text) {
        return text.replaceAll("target/verify/[^/]+/sources", "src/main/java")
                .replaceAll("\u001b\\[[0-9;]*m", "")
                .replaceAll("\\b([A-Z])-\\d+", "$1-N")
                .replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "ID")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
