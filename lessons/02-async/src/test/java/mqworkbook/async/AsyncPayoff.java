package mqworkbook.async;

import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;

public final class AsyncPayoff implements Payoff {

    @Override
    public PayoffTable measure() throws Exception {
        throw new UnsupportedOperationException();
    }
}
