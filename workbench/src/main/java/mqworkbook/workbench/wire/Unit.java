package mqworkbook.workbench.wire;

/** One message together with all the bytes that belong to it: what a rule passes, drops or holds as a whole. */
public final class Unit {

    private final WireMessage message;

    /** Decided by the pump when the first piece arrives; {@code null} until then. */
    Ruling ruling;

    public Unit(WireMessage message) {
        this.message = message;
    }

    public WireMessage message() {
        return message;
    }
}
