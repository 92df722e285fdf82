package mqworkbook.peakshaving.sale;

/**
 * Where the units of a sale are.
 *
 * @param stock nobody's
 * @param reserved somebody's who has no order yet
 * @param ordered in the table of orders
 */
public record Balance(long stock, long reserved, long ordered) {

    /** What it must add up to is what the sale began with. */
    public long total() {
        return stock + reserved + ordered;
    }

    /** Whether nothing is on its way. */
    public boolean isQuiet() {
        return reserved == 0;
    }
}
