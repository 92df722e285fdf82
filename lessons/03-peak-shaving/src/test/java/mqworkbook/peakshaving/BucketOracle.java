package mqworkbook.peakshaving;

import java.math.BigInteger;
import mqworkbook.workbench.judge.Wrong;

/** What a token bucket must say, in exact arithmetic; where it is a hair's breadth, either answer is right. */
final class BucketOracle {

    private static final BigInteger TOKEN = BigInteger.valueOf(1_000_000_000);
    /** A ten thousandth of a token: who counts in floating point, or in whole nanoseconds, is right too. */
    private static final BigInteger HAIR = BigInteger.valueOf(100_000);

    private final BigInteger full;
    private final BigInteger perNano;
    private final String described;
    private BigInteger filled;
    private long passed;
    private long elapsed;

    BucketOracle(int burst, int perSecond) {
        full = TOKEN.multiply(BigInteger.valueOf(burst));
        perNano = BigInteger.valueOf(perSecond);
        filled = full;
        described = "burst " + burst + ", " + perSecond + " a second";
    }

    void advance(long nanos) {
        if (nanos > 0) {
            elapsed += nanos;
            filled = filled.add(perNano.multiply(BigInteger.valueOf(nanos))).min(full);
        }
    }

    /** Whether a token is there beyond doubt. */
    boolean surelyOpen() {
        return filled.compareTo(TOKEN.add(HAIR)) >= 0;
    }

    boolean surelyClosed() {
        return filled.compareTo(TOKEN.subtract(HAIR)) < 0;
    }

    /** Compares an answer, and takes note of it. */
    void answered(boolean let) {
        if (let && surelyClosed()) {
            throw Wrong.that("The gate lets through more than the rest can bear")
                    .seen(described + "; after " + elapsed + " ns and " + passed + " that have passed there are "
                            + tokens() + " tokens, and one more was let through")
                    .means("The spike goes on to what stands behind the gate, and takes it down.")
                    .suspect("a bucket that overflows, a window that begins anew, or tokens that are added twice");
        }
        if (!let && surelyOpen()) {
            throw Wrong.that("The gate turns away whom it has room for")
                    .seen(described + "; after " + elapsed + " ns and " + passed + " that have passed there are "
                            + tokens() + " tokens, and one was turned away")
                    .means("Shoppers are sent away from a shop that is half empty.")
                    .suspect("fractions of a token that are lost at each look, an overflow after a long time, or a time"
                            + " that is compared in place of subtracted");
        }
        if (let) {
            passed++;
            filled = filled.subtract(TOKEN).max(BigInteger.ZERO);
        }
    }

    private String tokens() {
        return new java.math.BigDecimal(filled)
                .movePointLeft(9)
                .setScale(3, java.math.RoundingMode.HALF_UP)
                .toPlainString();
    }
}
