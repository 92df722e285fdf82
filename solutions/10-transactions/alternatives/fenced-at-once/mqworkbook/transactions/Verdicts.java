// After a failure it does not wait for the broker's question: it tries to give the transaction up itself, and the key
// of the
// record decides. Quicker where databases fail often; one more write for each failure.
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import javax.sql.DataSource;
import org.apache.rocketmq.client.producer.LocalTransactionState;

/** What is to be said to the broker when a local transaction has thrown. */
final class Verdicts {

    private final DataSource database;

    Verdicts(DataSource database) {
        this.database = database;
    }

    /** What the record says, which from now on it says for ever. */
    LocalTransactionState afterFailure(String transactionId, Exception failure) {
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO transaction_records (transaction_id, outcome) VALUES (?, 'GIVEN_UP')")) {
                insert.setString(1, transactionId);
                insert.executeUpdate();
                // A commit that is still on its way finds this record, and fails.
                return LocalTransactionState.ROLLBACK_MESSAGE;
            } catch (SQLIntegrityConstraintViolationException decided) {
                return recorded(connection, transactionId);
            }
        } catch (SQLException undecided) {
            return LocalTransactionState.UNKNOW;
        }
    }

    private static LocalTransactionState recorded(Connection connection, String transactionId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT outcome FROM transaction_records WHERE transaction_id = ?")) {
            query.setString(1, transactionId);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && rows.getString(1).equals("COMMITTED")
                        ? LocalTransactionState.COMMIT_MESSAGE
                        : LocalTransactionState.ROLLBACK_MESSAGE;
            }
        }
    }
}
