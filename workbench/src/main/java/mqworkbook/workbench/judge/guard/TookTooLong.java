package mqworkbook.workbench.judge.guard;

/**
 * Code under the judge's time limit did not come back. The message says where the learner's code is; the stack is the one of the
 * thread that was found in it.
 */
public final class TookTooLong extends AssertionError {

    private static final long serialVersionUID = 1L;

    TookTooLong(String message, StackTraceElement[] stack) {
        super(message);
        setStackTrace(stack);
    }
}
