package mqworkbook.workbench.wire;

/** How the relay cuts bytes into messages. Stateless; may be shared between relays. */
public interface Protocol {

    /**
     * A fresh splitter for one direction of one connection.
     *
     * @param connection number of the connection within its relay, for the messages' {@link WireMessage#connection()}
     */
    Splitter splitter(Direction direction, long connection);

    /** No protocol: whatever arrives in one read is one message {@code raw} with its {@code size} in bytes. */
    static Protocol raw() {
        return RawSplitter::new;
    }
}
