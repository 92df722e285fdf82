package mqworkbook.broadcasting.config;

/** Where a node reports what somebody has to look at: a metric and a line in the log. Returns at once, never throws. */
@FunctionalInterface
public interface Alarm {

    /** Something went wrong, and the node goes on. */
    void raise(String what, Throwable cause);
}
