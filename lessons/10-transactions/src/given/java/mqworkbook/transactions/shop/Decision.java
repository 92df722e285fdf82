package mqworkbook.transactions.shop;

/** What the stock service has decided about an order. It never changes its mind. */
public enum Decision {
    RESERVED,
    REFUSED
}
