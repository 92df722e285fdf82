package mqworkbook.cli.doctor;

import java.util.List;

/**
 * One thing that the workbook needs or can use.
 *
 * @param found what was found, or that nothing was
 * @param details more of that, and what to do about it, a line each
 */
public record Check(String name, State state, String found, List<String> details) {

    /** How much it matters. */
    public enum State {
        OK,
        /** Worth knowing; the workbook works without it. */
        NOTE,
        /** The workbook does not work until it is there. */
        MISSING
    }

    static Check ok(String name, String found) {
        return ok(name, found, List.of());
    }

    static Check ok(String name, String found, List<String> details) {
        return new Check(name, State.OK, found, details);
    }

    static Check note(String name, String found, String advice) {
        return note(name, found, List.of(advice));
    }

    static Check note(String name, String found, List<String> details) {
        return new Check(name, State.NOTE, found, details);
    }

    static Check missing(String name, String found, String advice) {
        return new Check(name, State.MISSING, found, List.of(advice));
    }
}
