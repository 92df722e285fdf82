package mqworkbook.logs.line;

/** Tells operations of a backlog. */
public interface BacklogAlarm {

    /** A group has fallen behind in a partition by more than the limit. */
    void behind(Lag lag);

    /** It is within the limit again. */
    void caughtUp(Lag lag);
}
