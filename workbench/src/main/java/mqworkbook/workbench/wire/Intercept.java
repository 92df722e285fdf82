package mqworkbook.workbench.wire;

import java.util.function.Predicate;

/**
 * A rule in the making: {@code relay.on(TO_CLIENT, m -> m.is("basic.ack")).nth(2).cutBefore()}. Nothing happens until
 * one of the actions is named, which arms the rule whole. Immutable. Unless told otherwise a rule acts once, on the
 * first message that matches.
 */
public final class Intercept {

    private final Faults faults;
    private final Direction direction;
    private final Predicate<WireMessage> which;
    private final int nth;
    private final boolean repeated;

    Intercept(Faults faults, Direction direction, Predicate<WireMessage> which) {
        this(faults, direction, which, 1, false);
    }

    private Intercept(Faults faults, Direction direction, Predicate<WireMessage> which, int nth, boolean repeated) {
        this.faults = faults;
        this.direction = direction;
        this.which = which;
        this.nth = nth;
        this.repeated = repeated;
    }

    /** Acts on the n-th match, from 1, counted from now on over all connections of the relay. */
    public Intercept nth(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("Matches are counted from 1, not " + n);
        }
        return new Intercept(faults, direction, which, n, repeated);
    }

    /** Acts on every match from there on, not only once. */
    public Intercept every() {
        return new Intercept(faults, direction, which, nth, true);
    }

    /**
     * The message never arrives; the connection lives on. Where replies come in the order of their requests (Kafka), a
     * client can read no reply after one that is missing: the later ones are dropped too, until the client has given up
     * and connects anew, or the relay is healed.
     */
    public Rule drop() {
        return arm(Ruling.Action.DROP);
    }

    /** The connection is reset on both sides, and the message never arrives; what came before it was handed on. */
    public Rule cutBefore() {
        return arm(Ruling.Action.CUT_BEFORE);
    }

    /**
     * The message arrives whole, then the connection breaks: its sender sees a reset, its receiver an end of the stream
     * right after the message (a reset could overtake the message on some systems).
     */
    public Rule cutAfter() {
        return arm(Ruling.Action.CUT_AFTER);
    }

    /** The message and all that follows it on its connection wait until {@link Rule#cancel()} or {@link Relay#heal()}. */
    public Rule stall() {
        return arm(Ruling.Action.STALL);
    }

    private Rule arm(Ruling.Action action) {
        Rule rule = new Rule(faults, direction, which, nth, repeated, action);
        faults.arm(rule);
        return rule;
    }
}
