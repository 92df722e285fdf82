package mqworkbook.sync;

import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;

/** Hands the events of the topic to a handler, until each was handled. */
public final class EventConsumer implements AutoCloseable {

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
        throw new Todo(3, "Subscribe, hand over each event, and acknowledge it when it was handled.");
    }

    @Override
    public void close() {
        consumer.shutdown();
    }
}
