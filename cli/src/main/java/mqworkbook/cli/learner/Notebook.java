package mqworkbook.cli.learner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import mqworkbook.cli.host.Workspace;

/** What the command line remembers of a learner between its runs, in {@code .workbook/learner.properties}. */
public final class Notebook {

    private final Path file;
    private final Properties notes = new Properties();

    private Notebook(Path file) {
        this.file = file;
    }

    /** Opens the checkout's; it need not exist yet. */
    public static Notebook of(Workspace workspace) {
        Notebook notebook = new Notebook(workspace.state().resolve("learner.properties"));
        if (Files.exists(notebook.file)) {
            try (InputStream input = Files.newInputStream(notebook.file)) {
                notebook.notes.load(input);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return notebook;
    }

    /** How many hints of a step have been shown. */
    public int hintsShown(String lesson, int step) {
        return Integer.parseInt(notes.getProperty(hints(lesson, step), "0"));
    }

    /** Remembers that so many hints of a step have been shown. */
    public void hintsShown(String lesson, int step, int shown) {
        note(hints(lesson, step), String.valueOf(shown));
    }

    /** The result of a lesson for which the mistakes that it resembles have been shown last; empty when never. */
    public String resemblanceShown(String lesson) {
        return notes.getProperty(lesson + ".resemblance", "");
    }

    /** Remembers that they have been shown for this result. */
    public void resemblanceShown(String lesson, String result) {
        note(lesson + ".resemblance", result);
    }

    /** For which state of the learner's files the solution has been asked for; empty when never. */
    public String solutionAskedAt(String lesson) {
        return notes.getProperty(lesson + ".solution", "");
    }

    /** Remembers that the solution has been asked for. */
    public void solutionAskedAt(String lesson, String state) {
        note(lesson + ".solution", state);
    }

    private static String hints(String lesson, int step) {
        return lesson + ".step-" + step + ".hints";
    }

    private void note(String key, String value) {
        notes.setProperty(key, value);
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream output = Files.newOutputStream(file)) {
                notes.store(output, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
