package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** Goes through the parts, one line for each. What fails is told at once, and keeps no other part from being made. */
public final class Preparation {

    private static final Duration WORTH_TELLING = Duration.ofMillis(100);

    private final Terminal terminal;

    public Preparation(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Makes the part unless it is there; returns whether it is there now. */
    public boolean run(Part part) {
        long begin = System.nanoTime();
        try {
            Optional<String> present = part.present();
            if (present.isPresent()) {
                tell(terminal.faint("there "), part.name(), present.get());
            } else {
                make(part, begin);
            }
            return true;
        } catch (PartFailedException | BrokerUnavailableException | UncheckedIOException e) {
            tell(terminal.red("failed"), part.name(), sentence(e));
            return false;
        }
    }

    private void make(Part part, long begin) {
        terminal.passing(part.name() + " ...");
        long before = size(part.target());
        String made;
        try (Narration narration = new Narration(line -> terminal.passing(part.name() + ": " + line))) {
            made = part.make();
        }
        tell(terminal.green("done  "), part.name(), made + cost(size(part.target()) - before, begin));
    }

    /** Size and seconds, as far as they say anything. */
    static String cost(long bytes, long begin) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        List<String> told = new ArrayList<>();
        if (bytes > 0) {
            told.add(Size.of(bytes));
        }
        if (took.compareTo(WORTH_TELLING) > 0) {
            told.add(String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1e3));
        }
        return told.isEmpty() ? "" : " (" + String.join(", ", told) + ")";
    }

    private void tell(String mark, String name, String text) {
        terminal.line("%s  %-9s  %s".formatted(mark, name, text));
    }

    private static String sentence(RuntimeException problem) {
        String message = problem instanceof UncheckedIOException
                ? "A file cannot be read or written (" + problem.getCause().getMessage()
                        + "): see that there is room, and that the folder is yours"
                : String.valueOf(problem.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static long size(Optional<Path> folder) {
        try {
            return folder.isPresent() ? Size.of(folder.get()) : 0;
        } catch (IOException unknown) {
            return 0;
        }
    }
}
