package mqworkbook.workbench.judge;

import java.util.Optional;

/**
 * A wrong answer, told as a reviewer would: which requirement is broken, what was seen, what that means in production,
 * and which mistake smells like this. Only the first is a must; all are read by the learner.
 *
 * <pre>{@code
 * throw Wrong.that("An event that inventory rejected is gone")
 *         .seen("rejected E-17; inventory.dead holds 0 messages")
 *         .means("Nobody can look at what went wrong, and the order is never shipped.")
 *         .suspect("no dead-letter exchange on the queue");
 * }</pre>
 *
 * <p>Its message is the whole text.
 */
public final class Wrong extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String requirement;
    private String seen;
    private String means;
    private String suspect;
    private String sample;

    private Wrong(String requirement) {
        this.requirement = requirement;
    }

    /** A wrong answer; one sentence says which requirement is broken, and for whom. */
    public static Wrong that(String requirement) {
        return new Wrong(requirement);
    }

    /** What was seen: ids, values, numbers, as they came. */
    public Wrong seen(String seen) {
        this.seen = seen;
        return this;
    }

    /** What it means in production, for the people there. */
    public Wrong means(String means) {
        this.means = means;
        return this;
    }

    /** Which mistake smells like this. */
    public Wrong suspect(String suspect) {
        this.suspect = suspect;
        return this;
    }

    /** The exception that shows where it went wrong. */
    public Wrong because(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** The generated case in which it was seen. */
    Wrong sample(String sample) {
        this.sample = sample;
        return this;
    }

    public String requirement() {
        return requirement;
    }

    public Optional<String> seen() {
        return Optional.ofNullable(seen);
    }

    public Optional<String> means() {
        return Optional.ofNullable(means);
    }

    public Optional<String> suspect() {
        return Optional.ofNullable(suspect);
    }

    /** The generated case in which it was seen, where a property found it. */
    public Optional<String> sample() {
        return Optional.ofNullable(sample);
    }

    @Override
    public String getMessage() {
        StringBuilder text = new StringBuilder(requirement);
        append(text, "Seen", seen);
        append(text, "Means", means);
        append(text, "Suspect", suspect);
        append(text, "Case", sample);
        return text.toString();
    }

    private static void append(StringBuilder text, String label, String value) {
        if (value != null) {
            text.append("\n  ").append(label).append(": ").append(value.replace("\n", "\n    "));
        }
    }
}
