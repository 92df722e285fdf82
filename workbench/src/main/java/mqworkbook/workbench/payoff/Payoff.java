package mqworkbook.workbench.payoff;

/**
 * What a lesson's scenario promises, measured: before and after, side by side in one run. A lesson has one
 * implementation with a public constructor without arguments, found by the service loader.
 */
public interface Payoff {

    /** Measures with the answer on the class path. Brokers are running; takes seconds, not minutes. */
    PayoffTable measure() throws Exception;
}
