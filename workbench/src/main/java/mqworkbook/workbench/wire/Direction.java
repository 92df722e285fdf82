package mqworkbook.workbench.wire;

/** Which way bytes pass through the relay. */
public enum Direction {
    TO_BROKER,
    TO_CLIENT
}
