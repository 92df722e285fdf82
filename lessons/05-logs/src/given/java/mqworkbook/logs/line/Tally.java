package mqworkbook.logs.line;

/**
 * What became of the lines of one level.
 *
 * @param offered how many the application has logged
 * @param delivered how many the log has confirmed
 * @param dropped how many were refused for want of room, or for good reason: they are in no log
 * @param unknown how many the client has given up on: they may be in the log, or not
 */
public record Tally(long offered, long delivered, long dropped, long unknown) {

    /** How many are still on their way. */
    public long waiting() {
        return offered - delivered - dropped - unknown;
    }
}
