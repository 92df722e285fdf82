package mqworkbook.workbench.wire;

/**
 * What is to happen to one unit, and the rule that wants it so.
 *
 * @param rule {@code null} where no rule but the relay's state decides
 */
record Ruling(Action action, Rule rule) {

    static final Ruling PASS = new Ruling(Action.PASS, null);
    static final Ruling DROP = new Ruling(Action.DROP, null);

    /** The action has taken effect on this message. */
    void done(WireMessage message) {
        if (rule != null) {
            rule.hit(message);
        }
    }

    enum Action {
        PASS,
        DROP,
        CUT_BEFORE,
        CUT_AFTER,
        STALL
    }
}
