package mqworkbook.delay.order;

/**
 * Keeps timeouts until they are due, and hands them over then. The one interface of all mechanisms of this lesson, with one
 * contract:
 *
 * <ul>
 *   <li>never early, by the application's clock, as far as the mechanism's precision goes;
 *   <li>soon after it was due, whatever else waits, and for however long;
 *   <li>at least once: a timeout whose handler failed, or whose process died at work, comes again;
 *   <li>one that is due while no process runs comes when one runs again;
 *   <li>as a rule once: several processes that run at the same time share the work.
 * </ul>
 */
public interface Timeouts extends AutoCloseable {

    /**
     * Keeps a timeout. When this returns, it will come, whatever becomes of this process. One that is overdue comes at
     * once. May be called by many threads, before {@link #start} and without it.
     *
     * @throws Exception if the timeout is not known to be safe; the caller may try again, and it may then come twice
     */
    void schedule(Timeout timeout) throws Exception;

    /** Begins to hand over what is due. Called once at most. */
    void start(TimeoutHandler handler) throws Exception;

    /** Stops handing over, and lets all connections go. What was not handled will be, by another process. */
    @Override
    void close() throws Exception;
}
