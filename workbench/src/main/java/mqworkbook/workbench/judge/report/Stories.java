package mqworkbook.workbench.judge.report;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.judge.learner.Causes;
import mqworkbook.workbench.story.Story;
import mqworkbook.workbench.story.StoryTeller;

/** The story of a failed test, taken while it is still known what passed. */
final class Stories {

    private Stories() {}

    /**
     * The story since the test began; null where nothing has passed, or where the failure is about no message: a place to
     * write, a missing broker.
     */
    static Story of(long began, Throwable failure) {
        if (Causes.first(failure, Todo.class).isPresent()
                || Causes.first(failure, BrokerUnavailableException.class).isPresent()) {
            return null;
        }
        try {
            return StoryTeller.since(began, text(failure)).orElse(null);
        } catch (RuntimeException e) {
            // Odd messages on the wire must not cost the learner the result itself.
            return null;
        }
    }

    /** All that the learner reads of it, in which messages may be named; what to suspect names none. */
    private static String text(Throwable failure) {
        List<String> parts = new ArrayList<>();
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof Wrong wrong) {
                parts.add(wrong.requirement());
                wrong.seen().ifPresent(parts::add);
            } else {
                parts.add(String.valueOf(cause.getMessage()));
            }
        }
        return String.join("\n", parts);
    }
}
