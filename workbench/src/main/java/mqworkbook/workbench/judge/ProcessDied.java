package mqworkbook.workbench.judge;

/**
 * Thrown by what a test has given to a process that it then killed: the process is dead, its threads are to end, and nobody
 * is left to hear of it. An error, so that no handler of exceptions takes it for a failure of the work.
 */
public final class ProcessDied extends Error {

    private static final long serialVersionUID = 1L;

    /**
     * The end of a process.
     *
     * @param process whose
     */
    public ProcessDied(String process) {
        super(process + " is dead");
    }
}
