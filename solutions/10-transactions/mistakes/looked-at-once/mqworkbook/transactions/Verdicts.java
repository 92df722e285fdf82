// Mistake:   looked-at-once
// Wrong:     After a failed commit it looks into the database, does not find the order, and says rollback: the commit
// is still on its way.
// Shows as:  Once in a month, after a failover of the database, an order is paid of which nobody hears.
// Caught in: step 2
// Says:      "The order is placed, and the broker was told to throw its message away"; "O-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.rocketmq.client.producer.LocalTransactionState;

/** What is to be said to the broker when a local transaction has thrown. */
final class Verdicts {

    private final DataSource database;

    Verdicts(DataSource database) {
        this.database = database;
    }

    LocalTransactionState afterFailure(String transactionId, Exception failure) {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT 1 FROM transaction_records WHERE transaction_id = ?")) {
            query.setString(1, transactionId);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? LocalTransactionState.COMMIT_MESSAGE : LocalTransactionState.ROLLBACK_MESSAGE;
            }
        } catch (SQLException e) {
            return LocalTransactionState.UNKNOW;
        }
    }
}
