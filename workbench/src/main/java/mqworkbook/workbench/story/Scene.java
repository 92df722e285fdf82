package mqworkbook.workbench.story;

import java.util.Objects;

/**
 * One line of a story: an event, or a fold in place of several.
 *
 * @param millis since the story began
 * @param from the lane in which it begins; empty where all are concerned
 * @param to the lane in which it ends; the same as {@code from} for what happens within one
 * @param what in one or two words: {@code publish}, {@code deliver}
 * @param message the messages concerned; empty where none is
 * @param detail what else is known; may be empty
 * @param marked whether the failure names its message
 * @param harm whether the test did it to the system, or a connection or a process ended
 * @param more how many events are folded here, with nothing else told; 0 for an event
 */
public record Scene(
        double millis,
        String from,
        String to,
        String what,
        String message,
        String detail,
        boolean marked,
        boolean harm,
        int more) {

    /** Missing text is empty. */
    public Scene {
        from = Objects.requireNonNullElse(from, "");
        to = Objects.requireNonNullElse(to, "");
        what = Objects.requireNonNullElse(what, "");
        message = Objects.requireNonNullElse(message, "");
        detail = Objects.requireNonNullElse(detail, "");
    }

    /** So many events, left out. */
    static Scene fold(double millis, int more) {
        return new Scene(millis, "", "", "", "", "", false, false, more);
    }

    /** Whether events are left out here. */
    public boolean isFold() {
        return more > 0;
    }

    /** How many events it stands for. */
    int size() {
        return isFold() ? more : 1;
    }

    /** What repeats itself looks like this each time. */
    String pattern() {
        return String.join("\n", from, to, what, message);
    }
}
