package mqworkbook.retry;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import mqworkbook.retry.payment.Ledger;
import mqworkbook.retry.payment.Payment;

/** The shop's table of payments; it can be out of reach for a moment. */
final class TestLedger implements Ledger {

    private final Map<String, String> paid = new HashMap<>();
    private int refusals;

    @Override
    public synchronized boolean isPaid(String paymentId) {
        return paid.containsKey(paymentId);
    }

    @Override
    public synchronized void markPaid(String paymentId, String receipt) throws SQLException {
        if (refusals > 0) {
            refusals--;
            throw new SQLTransientConnectionException("the pool is exhausted");
        }
        paid.putIfAbsent(paymentId, receipt);
    }

    /** The next so many notes are refused. */
    synchronized void refuse(int times) {
        refusals = times;
    }

    synchronized boolean holds(Payment payment) {
        return paid.containsKey(payment.paymentId());
    }

    synchronized String receipt(Payment payment) {
        return paid.get(payment.paymentId());
    }
}
