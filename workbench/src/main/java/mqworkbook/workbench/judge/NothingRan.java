package mqworkbook.workbench.judge;

/** No test of a lesson ran. Such a run proves nothing, and is never green. */
public final class NothingRan extends AssertionError {

    private static final long serialVersionUID = 1L;

    NothingRan() {
        super("No test of this lesson ran: look at the options -Dupto and -Dtest");
    }
}
