package mqworkbook.broadcasting.config;

/**
 * The names in Redis that all programs have agreed on. The prefix keeps runs apart that share a server. What stands in
 * braces is the same everywhere, so that a Redis Cluster keeps all of it in one place, and one script may use it all.
 *
 * @param prefix put before each name; may be empty
 */
public record ConfigNames(String prefix) {

    /**
     * Hash: for each key its last change, as text. A key that was removed stays, with the change that removed it: its
     * tombstone.
     */
    public String values() {
        return prefix + "{config}.values";
    }

    /** String: the version of the last change, absent before the first. */
    public String version() {
        return prefix + "{config}.version";
    }

    /** Channel: each change, as text. */
    public String changes() {
        return prefix + "{config}.changes";
    }

    /** String, for a while: the change that was made under this id, as text. */
    public String done(String changeId) {
        return prefix + "{config}.done." + changeId;
    }

    /** Stream, for step 7: the last changes. The entry of change 17 has the id {@code 17-0}, and its text in {@link #FIELD}. */
    public String log() {
        return prefix + "{config}.log";
    }

    /** The one field of each entry of the {@link #log()}. */
    public static final String FIELD = "change";
}
