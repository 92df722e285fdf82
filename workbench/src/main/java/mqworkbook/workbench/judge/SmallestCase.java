package mqworkbook.workbench.judge;

/** The generated case with which a property failed, as a suppressed exception of the failure. */
public final class SmallestCase extends Exception {

    private static final long serialVersionUID = 1L;

    SmallestCase(String message) {
        super(message, null, false, false);
    }

    /** The case in one line. */
    @Override
    public String toString() {
        return getMessage();
    }
}
