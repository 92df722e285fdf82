package mqworkbook.peakshaving.sale;

/** What a shopper is told, at once. */
public enum Outcome {
    /** The units are this shopper's: they are reserved, and will be an order before long. */
    WON,
    /** Not so many are left. A smaller quantity may be. */
    SOLD_OUT,
    /** The user has units of this sale already, by another request. */
    ALREADY_BOUGHT,
    /** The user has not registered for this sale. */
    NOT_ELIGIBLE,
    /** Nothing is decided, and nothing is reserved. The shopper may try again. */
    TOO_BUSY
}
