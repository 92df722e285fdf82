package mqworkbook.delay.order;

/** Does what is to be done at a deadline. It may be given the same timeout more than once, and by several threads. */
@FunctionalInterface
public interface TimeoutHandler {

    /**
     * The timeout is due.
     *
     * @throws Exception if it could not be handled now; it has to come again
     */
    void onTimeout(Timeout timeout) throws Exception;
}
