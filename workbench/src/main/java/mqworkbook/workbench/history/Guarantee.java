package mqworkbook.workbench.history;

/** What a message system is trusted with, gravest breach first. */
public enum Guarantee {
    /** What was confirmed takes effect, or is kept where people look for failures. */
    NO_LOSS("no loss"),
    /** What was refused has no effect. */
    REFUSAL_IS_FINAL("a refusal is final"),
    /** Every effect has a message that was published, and published for this subscriber. */
    ONLY_WHAT_WAS_PUBLISHED("only what was published"),
    /** Each publish is answered, and answered in one way. */
    ONE_ANSWER("one answer for each publish"),
    /** Deliveries may repeat; effects may not. */
    EXACTLY_ONCE_EFFECT("exactly-once effect"),
    /** Messages with the same key take effect in the order of publishing. */
    ORDER_PER_KEY("order for each key"),
    /** A delayed message has no effect before its time. */
    NOT_BEFORE_DUE("not before it is due"),
    /** The books balance at each subscriber. */
    CONSERVATION("accepted = handled + dead-lettered");

    private final String words;

    Guarantee(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
