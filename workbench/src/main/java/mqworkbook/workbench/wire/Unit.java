package mqworkbook.workbench.wire;

/** One message together with all the bytes that belong to it: what a rule passes, drops or holds as a whole. */
public final class Unit {

    private final WireMessage message;
    private final Runnable whenDropped;

    /** Decided by the pump when the first piece arrives; {@code null} until then. */
    Ruling ruling;

    public Unit(WireMessage message) {
        this(message, null);
    }

    /**
     * A unit without which its receiver cannot read on: in some protocols replies come in the order of their requests.
     *
     * @param whenDropped told that the unit is not handed on, before anything later is; {@link Relay#heal} will cut the
     *     connection, {@code null} if the connection can do without the unit
     */
    public Unit(WireMessage message, Runnable whenDropped) {
        this.message = message;
        this.whenDropped = whenDropped;
    }

    /** A unit that is never handed on, because one was dropped before without which it cannot be read. */
    public static Unit lost(WireMessage message) {
        Unit unit = new Unit(message);
        unit.ruling = Ruling.DROP;
        return unit;
    }

    public WireMessage message() {
        return message;
    }

    /** Whether its connection is of no use any more once this is dropped. */
    boolean isVital() {
        return whenDropped != null;
    }

    void dropped() {
        whenDropped.run();
    }
}
