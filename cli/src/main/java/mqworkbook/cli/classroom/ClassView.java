package mqworkbook.cli.classroom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.files.WholeFile;

/** Shows a class, once or again and again. */
public final class ClassView {

    private static final int EVERY_SECONDS = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** What is printed. */
    public enum Form {
        TABLE,
        JSON
    }

    private final ClassFolder folder;
    private final Terminal terminal;
    private final Form form;
    private final Path page;

    /**
     * A view.
     *
     * @param page is written each time as well; null for none
     */
    public ClassView(ClassFolder folder, Terminal terminal, Form form, Path page) {
        this.folder = folder;
        this.terminal = terminal;
        this.form = form;
        this.page = page;
    }

    /** Shows it. */
    public void once() {
        Roster roster = folder.read(Instant.now());
        writePage(roster, Optional.empty());
        if (form == Form.JSON) {
            terminal.line(json(roster, new ObjectMapper().writerWithDefaultPrettyPrinter()));
            return;
        }
        new ClassTable(terminal).lines(roster).forEach(terminal::line);
        if (!roster.seats().isEmpty()) {
            terminal.line("");
            terminal.line(
                    terminal.faint("Stuck: runs without progress since then. Heard: when the last run was told."));
        }
        if (page != null) {
            terminal.line("The page is " + page.toAbsolutePath().toUri());
        }
    }

    /**
     * Shows it every few seconds until this thread is interrupted; in a pipe, whenever something was sent.
     *
     * @param above lines that stay above the table
     */
    public void follow(List<String> above) {
        if (!terminal.interactive() && form == Form.TABLE) {
            above.forEach(terminal::line);
        }
        Set<Object> shown = null;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Roster roster = look();
                writePage(roster, Optional.of(EVERY_SECONDS + 2));
                boolean changed = !roster.content().equals(shown);
                if (terminal.interactive() && form == Form.TABLE) {
                    terminal.screen(screen(roster, above));
                } else if (changed) {
                    append(roster);
                }
                shown = roster.content();
                TimeUnit.SECONDS.sleep(EVERY_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A shared folder that is away for a while is told, and no reason to end. */
    private Roster look() {
        try {
            return folder.read(Instant.now());
        } catch (UncheckedIOException e) {
            return new Roster(List.of(), List.of(e.getMessage()));
        }
    }

    private void append(Roster roster) {
        if (form == Form.JSON) {
            terminal.line(json(roster, new ObjectMapper().writer()));
            return;
        }
        terminal.line("");
        terminal.line(TIME.format(ZonedDateTime.now()));
        new ClassTable(terminal).lines(roster).forEach(terminal::line);
    }

    private List<String> screen(Roster roster, List<String> above) {
        List<String> lines = new ArrayList<>(above);
        if (!above.isEmpty()) {
            lines.add("");
        }
        lines.addAll(new ClassTable(terminal).lines(roster));
        lines.add("");
        lines.add(terminal.faint(TIME.format(ZonedDateTime.now()) + "; Ctrl-C ends it"));
        return lines;
    }

    private void writePage(Roster roster, Optional<Integer> refreshSeconds) {
        if (page == null) {
            return;
        }
        try {
            WholeFile.write(page, new ClassPage(refreshSeconds).html(roster, ZonedDateTime.now()));
        } catch (IOException e) {
            throw new UncheckedIOException("The page cannot be written to " + page, e);
        }
    }

    private static String json(Roster roster, ObjectWriter writer) {
        try {
            return writer.writeValueAsString(roster.object());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
