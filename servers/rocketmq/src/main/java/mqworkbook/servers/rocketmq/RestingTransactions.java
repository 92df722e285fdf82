package mqworkbook.servers.rocketmq;

import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.queue.TransactionalMessageBridge;
import org.apache.rocketmq.broker.transaction.queue.TransactionalMessageServiceImpl;

/**
 * Writes down which transactions are decided, and rests while there is nothing to write. RocketMQ's own computes the time
 * of the next look from the last decision: once that is long ago the time is always past, and a thread looks again and
 * again without a pause, which takes a core ({@code TransactionalMessageServiceImpl.batchSendOpMessage}, RocketMQ 5.5.0).
 */
final class RestingTransactions extends TransactionalMessageServiceImpl {

    private static final long REST_MILLIS = 50;

    RestingTransactions(BrokerController broker) {
        super(new TransactionalMessageBridge(broker, broker.getMessageStore()));
    }

    @Override
    public long batchSendOpMessage() {
        return Math.max(super.batchSendOpMessage(), System.currentTimeMillis() + REST_MILLIS);
    }
}
