package mqworkbook.workbench.history;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes events as aligned lines: number, milliseconds, who, what, which message, details. */
final class Timeline {

    private static final int WIDEST_COLUMN = 24;
    private static final int LONGEST_DETAIL = 100;

    private Timeline() {}

    static String of(List<Event> events, int lastLines) {
        int left = Math.max(0, events.size() - Math.max(0, lastLines));
        List<Event> shown = events.subList(left, events.size());
        int who = width(shown, Timeline::who);
        int message = width(shown, Event::messageId);
        StringBuilder text = new StringBuilder();
        if (left > 0) {
            text.append("  … ").append(Words.count(left, "earlier event")).append(" left out\n");
        }
        for (Event event : shown) {
            text.append(line(event, who, message)).append('\n');
        }
        return text.toString();
    }

    private static String line(Event event, int who, int message) {
        String form = "%6s %10.1f ms  %-" + who + "s  %-14s  %-" + message + "s  %s";
        return String.format(
                        Locale.ROOT,
                        form,
                        "#" + event.sequence(),
                        event.nanos() / 1e6,
                        Words.cut(who(event), who),
                        event.kind(),
                        Words.cut(event.messageId(), message),
                        details(event))
                .stripTrailing();
    }

    private static String who(Event event) {
        return event.kind() == Kind.FAULT && event.actor().isEmpty() ? "(test)" : event.actor();
    }

    private static String details(Event event) {
        boolean elsewhere = !event.place().isEmpty() && !event.place().equals(event.actor());
        String place = elsewhere ? "at " + Words.cut(event.place(), WIDEST_COLUMN) + " " : "";
        return place + Words.cut(event.detail(), LONGEST_DETAIL);
    }

    private static int width(List<Event> events, Function<Event, String> column) {
        int widest = events.stream()
                .mapToInt(event -> column.apply(event).length())
                .max()
                .orElse(1);
        return Math.max(1, Math.min(widest, WIDEST_COLUMN));
    }
}
