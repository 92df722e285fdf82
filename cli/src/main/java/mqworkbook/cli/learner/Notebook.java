package mqworkbook.cli.learner;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.files.WholeFile;

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
            try (Reader input = Files.newBufferedReader(notebook.file)) {
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

    /** Since when the learner's code of a lesson is red at one step; empty when it is not, or was never run. */
    public Optional<RedStreak> redStreak(String lesson) {
        return RedStreak.parse(notes.getProperty(lesson + ".red", ""));
    }

    /** Remembers it. */
    public void redStreak(String lesson, Optional<RedStreak> streak) {
        note(lesson + ".red", streak.map(RedStreak::text).orElse(""));
    }

    /** With whom the learner shares progress; empty while that is off. */
    public Optional<Share> share() {
        String address = notes.getProperty("share.to", "");
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new Share(address, notes.getProperty("share.name", ""), checkoutId()));
    }

    /** Remembers to share. */
    public void share(String address, String name) {
        notes.setProperty("share.name", name);
        note("share.to", address);
    }

    /** Remembers to share no longer. The name stays, for the next time. */
    public void shareNothing() {
        note("share.to", "");
    }

    /** The name that was shared under last; empty when none was. */
    public String shareName() {
        return notes.getProperty("share.name", "");
    }

    /** Tells this checkout from all others: 16 hexadecimal digits, drawn once. A copy of the checkout elsewhere draws anew. */
    private String checkoutId() {
        String here = System.getProperty("user.name") + "@" + file.toAbsolutePath();
        String id = notes.getProperty("share.id", "");
        if (id.isEmpty() || !here.equals(notes.getProperty("share.id.of"))) {
            id = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
            notes.setProperty("share.id.of", here);
            note("share.id", id);
        }
        return id;
    }

    private static String hints(String lesson, int step) {
        return lesson + ".step-" + step + ".hints";
    }

    private void note(String key, String value) {
        notes.setProperty(key, value);
        try {
            StringWriter text = new StringWriter();
            notes.store(text, null);
            WholeFile.write(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
