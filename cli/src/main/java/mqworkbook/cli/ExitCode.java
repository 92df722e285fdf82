package mqworkbook.cli;

/** What scripts can rely on. */
final class ExitCode {

    static final int GREEN = 0;
    static final int RED = 1;
    static final int USAGE = 2;
    static final int ENVIRONMENT = 3;

    private ExitCode() {}

    static int of(boolean green) {
        return green ? GREEN : RED;
    }
}
