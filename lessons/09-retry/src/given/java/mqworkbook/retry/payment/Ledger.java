package mqworkbook.retry.payment;

import java.sql.SQLException;

/** The shop's own table of payments that were made. It survives a restart. */
public interface Ledger {

    /** Whether the payment has been made. */
    boolean isPaid(String paymentId) throws SQLException;

    /** Notes that the payment has been made. Noting it a second time changes nothing. */
    void markPaid(String paymentId, String receipt) throws SQLException;
}
