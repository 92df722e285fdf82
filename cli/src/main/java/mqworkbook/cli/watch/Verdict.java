package mqworkbook.cli.watch;

/**
 * What came of one check.
 *
 * @param text what is shown
 * @param step the step that is not done; 0 where that is not known, or all are done
 * @param kind how it ended
 */
public record Verdict(String text, int step, Kind kind) {

    /** How a check ends. */
    public enum Kind {
        /** Every step is done. */
        GREEN,
        /** A step is not done. */
        RED,
        /** It could not be judged: it does not compile, it ended the JVM, a file is missing. */
        UNJUDGED
    }

    static Verdict unjudged(String text) {
        return new Verdict(text, 0, Kind.UNJUDGED);
    }
}
