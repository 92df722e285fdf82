package mqworkbook.ordering.shop;

/** Why a change is parked. */
public enum Reason {
    /** Changes before it have not come yet; it is applied when they have. */
    GAP,
    /** It is the next one, but the order cannot go there. People look at it. */
    ILLEGAL,
    /** Its number was used before, for another state. People look at it. */
    CONFLICT
}
