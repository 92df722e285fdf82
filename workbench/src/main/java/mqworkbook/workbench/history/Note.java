package mqworkbook.workbench.history;

import java.util.List;

/**
 * Something that is no fault and worth knowing.
 *
 * @param topic what it is about
 * @param messageIds the messages concerned; empty when it is about the whole run
 * @param where the subscriber; empty when it is about the whole run
 * @param text one or two sentences for the learner
 */
public record Note(Topic topic, List<String> messageIds, String where, String text) {

    /** What a note is about. */
    public enum Topic {
        /** There was nothing to judge. */
        INCONCLUSIVE,
        /** Delivered more than once, which at-least-once delivery allows. */
        REDELIVERED,
        /** Applied although its publish was in doubt, which a time-out allows. */
        RECOVERED
    }

    public Note {
        messageIds = List.copyOf(messageIds);
    }
}
