package mqworkbook.transactions.shop;

/** What the customer is told. */
public enum Placement {

    /** The order is in the database, and everybody will hear of it. */
    PLACED,

    /** There is no order, and nobody will hear of one. */
    REFUSED,

    /** "We have received your order, and confirm it by mail": nobody knows yet. */
    UNKNOWN
}
