package mqworkbook.logs.line;

/**
 * How far a group is behind in one partition.
 *
 * @param lines how many lines are in the log that the group has not committed, and can still read
 */
public record Lag(String group, int partition, long lines) {}
