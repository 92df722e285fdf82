package mqworkbook.workbench.story;

import java.util.List;

/**
 * One event before anything is chosen.
 *
 * @param nanos by {@link System#nanoTime()}
 * @param messages the ids of the messages concerned; empty where none is
 * @param kind what the choice depends on
 */
record Act(long nanos, String from, String to, String what, List<String> messages, String detail, Kind kind) {

    enum Kind {
        /** About messages. */
        MESSAGE,
        /** A publisher is asked to publish: told where the wire does not show it. */
        ATTEMPT,
        /** A publisher has its answer: told where the wire does not show it. */
        ANSWER,
        /** Of use to whoever reads of the same lane. */
        CONTEXT,
        /** Done by the test, or the end of a connection or a process. */
        HARM
    }

    Act {
        messages = List.copyOf(messages);
    }

    Act about(String message) {
        return new Act(nanos, from, to, what, List.of(message), detail, kind);
    }
}
