package mqworkbook.decoupling.shop;

/** A table in one subscriber's database that remembers which events were handled. It survives a restart. */
public interface Inbox {

    /**
     * Runs the work and remembers the event in one transaction: both happen or neither.
     *
     * @return whether the work was run; false if the event had been handled before
     * @throws Exception what the work threw; then nothing is remembered
     */
    boolean once(String eventId, Work work) throws Exception;

    /** The subscriber's work. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
