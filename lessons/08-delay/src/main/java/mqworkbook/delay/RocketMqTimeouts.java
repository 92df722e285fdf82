package mqworkbook.delay;

import java.time.Clock;
import java.util.UUID;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.judge.Todo;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.remoting.RPCHook;

/** Timeouts as timer messages of RocketMQ: the broker delivers each at a time of its own. The topic is there. */
public final class RocketMqTimeouts implements Timeouts {

    private final String nameServer;
    private final RPCHook login;
    private final DelayNames names;
    private final Clock clock;

    /** What the name server knows this process by; two in one JVM must not have the same. */
    private final String instance = UUID.randomUUID().toString();

    private DefaultMQProducer producer;
    private DefaultMQPushConsumer consumer;

    /**
     * Connects when it is used.
     *
     * @param nameServer {@code host:port}
     * @param login signs requests; null where the broker asks for no user
     */
    public RocketMqTimeouts(String nameServer, RPCHook login, DelayNames names, Clock clock) {
        this.nameServer = nameServer;
        this.login = login;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public void schedule(Timeout timeout) throws Exception {
        throw new Todo(
                6, "Send the timeout as a message that the broker delivers when it is due, however far away that is.");
    }

    @Override
    public void start(TimeoutHandler handler) throws MQClientException {
        throw new Todo(6, "Consume: hand over what is due; what could not be handled has to come again.");
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.shutdown();
        }
        if (producer != null) {
            producer.shutdown();
        }
    }

    private synchronized DefaultMQProducer producer() throws MQClientException {
        if (producer == null) {
            DefaultMQProducer starting = new DefaultMQProducer(names.topic(), login);
            starting.setNamesrvAddr(nameServer);
            starting.setInstanceName(instance);
            starting.start();
            producer = starting;
        }
        return producer;
    }
}
