package mqworkbook.cli.doctor;

/**
 * One thing that the workbook needs or can use.
 *
 * @param found what was found, or that nothing was
 * @param advice what to do about it; empty when there is nothing to do
 */
public record Check(String name, State state, String found, String advice) {

    /** How much it matters. */
    public enum State {
        OK,
        /** Worth knowing; the workbook works without it. */
        NOTE,
        /** The workbook does not work until it is there. */
        MISSING
    }

    static Check ok(String name, String found) {
        return new Check(name, State.OK, found, "");
    }

    static Check note(String name, String found, String advice) {
        return new Check(name, State.NOTE, found, advice);
    }

    static Check missing(String name, String found, String advice) {
        return new Check(name, State.MISSING, found, advice);
    }
}
