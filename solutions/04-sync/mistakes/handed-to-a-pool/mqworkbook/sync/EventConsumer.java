// Mistake:   handed-to-a-pool
// Wrong:     The listener hands the events to a thread pool and acknowledges at once.
// Shows as:  After each deployment the replica lacks whatever was in the pool.
// Caught in: step 3
// Says:      "is never handled"
package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.InvalidEventException;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.UserEvent;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** Hands the events of the topic to a handler, until each was handled. */
public final class EventConsumer implements AutoCloseable {

    /** {@link ConsumeConcurrentlyContext#setDelayLevelWhenNextConsume}: to the dead-letter topic, without a retry. */
    private static final int NEVER_AGAIN = -1;

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final DefaultMQPushConsumer consumer;
    private final SyncNames names;
    private final EventHandler handler;

    /**
     * A consumer.
     *
     * @param consumer knows the broker and its group, and nothing else; not started
     */
    public EventConsumer(DefaultMQPushConsumer consumer, SyncNames names, EventHandler handler) {
        this.consumer = consumer;
        this.names = names;
        this.handler = handler;
    }

    /**
     * Begins to consume, from the first event on that the topic has. What the handler cannot handle comes again; what is
     * no event at all keeps nobody waiting.
     */
    public void start() throws MQClientException {
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        consumer.subscribe(names.users(), "*");
        // Not the orderly listener: a failed event comes again later, out of order, and holds up nobody. Versions tell.
        consumer.registerMessageListener((MessageListenerConcurrently) this::consume);
        consumer.start();
    }

    private ConsumeConcurrentlyStatus consume(List<MessageExt> messages, ConsumeConcurrentlyContext context) {
        try {
            for (MessageExt message : messages) {
                UserEvent event = UserEvent.parse(new String(message.getBody(), StandardCharsets.UTF_8));
                workers.submit(() -> {
                    handler.handle(event);
                    return null;
                });
            }
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        } catch (InvalidEventException e) {
            context.setDelayLevelWhenNextConsume(NEVER_AGAIN);
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        }
    }

    @Override
    public void close() {
        consumer.shutdown();
        workers.shutdown();
    }
}
