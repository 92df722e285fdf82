package mqworkbook.logs.line;

/** How much a line matters, least first. */
public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
