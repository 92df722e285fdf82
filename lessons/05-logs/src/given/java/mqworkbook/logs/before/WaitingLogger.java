package mqworkbook.logs.before;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mqworkbook.logs.line.LogLine;

/**
 * The naive design: each line goes to everybody who wants it, while the application waits. A slow index is a slow shop, an
 * index that is down is a shop that is down, and whoever comes after it in the list hears nothing.
 */
public final class WaitingLogger {

    private final List<Consumer<LogLine>> receivers = new ArrayList<>();

    /** Whoever wants to have the lines: the index, the alerts, the archive. */
    public WaitingLogger to(Consumer<LogLine> receiver) {
        receivers.add(receiver);
        return this;
    }

    /** Logs a line; returns when all have it. */
    public void log(LogLine line) {
        receivers.forEach(receiver -> receiver.accept(line));
    }
}
