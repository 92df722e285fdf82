// Mistake:   given-up-without-fence
// Wrong:     What is too old is rolled back, and nothing keeps the transaction from committing after that.
// Shows as:  A process that slept through a long garbage collection wakes up and commits an order of which nobody
// hears.
// Caught in: step 3
// Says:      "the broker was told to throw its message away"; "O-"
package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.common.message.MessageExt;

/** Answers the broker's question what became of a transaction, from the database alone. */
final class CheckBack {

    private static final String COMMITTED = "COMMITTED";
    private static final String GIVEN_UP = "GIVEN_UP";

    private final DataSource database;
    private final Clock clock;
    private final Duration patience;

    /**
     * A check.
     *
     * @param clock tells the time; the message tells when it was born
     * @param patience how old a half message may be before a transaction that has left no record is given up: within it
     *     the transaction may still be under way
     */
    CheckBack(DataSource database, Clock clock, Duration patience) {
        this.database = database;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * What became of the transaction, {@code UNKNOW} where that is not certain. What was answered here once for good is
     * true for ever: a transaction that is given up must not be able to commit any more.
     *
     * @param message the half message, with its transaction id
     */
    LocalTransactionState verdict(MessageExt message) {
        String transactionId = message.getTransactionId();
        try (Connection connection = database.getConnection()) {
            Optional<String> outcome = outcome(connection, transactionId);
            if (outcome.isEmpty() && clock.millis() - message.getBornTimestamp() > patience.toMillis()) {
                outcome = Optional.of(GIVEN_UP);
            }
            return outcome.map(CheckBack::state).orElse(LocalTransactionState.UNKNOW);
        } catch (SQLException undecided) {
            // The database is away, or the transaction has its record written and is about to commit. The broker asks
            // again.
            return LocalTransactionState.UNKNOW;
        }
    }

    private static LocalTransactionState state(String outcome) {
        return outcome.equals(COMMITTED)
                ? LocalTransactionState.COMMIT_MESSAGE
                : LocalTransactionState.ROLLBACK_MESSAGE;
    }

    private static Optional<String> outcome(Connection connection, String transactionId) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT outcome FROM transaction_records WHERE transaction_id = ?")) {
            query.setString(1, transactionId);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }
}
