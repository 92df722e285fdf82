package mqworkbook.transactions;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.common.message.MessageExt;

/** Answers the broker's question what became of a transaction, from the database alone. */
final class CheckBack {

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
        throw new Todo(
                3, "Decide by the transaction's record; without one, wait, and in the end make sure that none comes.");
    }
}
