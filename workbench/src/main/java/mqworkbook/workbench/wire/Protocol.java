package mqworkbook.workbench.wire;

/** How the relay cuts bytes into messages. Stateless; may be shared between relays. */
public interface Protocol {

    /**
     * Begins to read one connection.
     *
     * @param connection its number within its relay, for the messages' {@link WireMessage#connection()}
     * @param detours for protocols in which brokers tell clients where to connect next
     */
    Conversation open(long connection, Detours detours);

    /** No protocol: whatever arrives in one read is one message {@code raw} with its {@code size} in bytes. */
    static Protocol raw() {
        return (connection, detours) -> direction -> new RawSplitter(direction, connection);
    }

    /**
     * Both directions of one connection, which may share what they have seen: a reply is often read by its request.
     * Each direction is used by one thread.
     */
    @FunctionalInterface
    interface Conversation {

        /** A fresh splitter for one direction; asked once for each. */
        Splitter splitter(Direction direction);
    }
}
