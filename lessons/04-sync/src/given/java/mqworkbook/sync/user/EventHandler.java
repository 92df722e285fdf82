package mqworkbook.sync.user;

/** What a service does with an event. */
@FunctionalInterface
public interface EventHandler {

    /**
     * Handles an event. May be called again with the same event, and at the same time by several threads.
     *
     * @throws Exception if it could not be handled; then it is to come again
     */
    void handle(UserEvent event) throws Exception;
}
