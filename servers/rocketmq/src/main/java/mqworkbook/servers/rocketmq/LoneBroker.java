package mqworkbook.servers.rocketmq;

import java.time.Duration;
import org.apache.rocketmq.broker.BrokerController;
import org.apache.rocketmq.broker.transaction.TransactionMetrics;
import org.apache.rocketmq.common.BrokerConfig;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.RemotingServer;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;
import org.apache.rocketmq.store.PutMessageResult;
import org.apache.rocketmq.store.config.MessageStoreConfig;
import org.apache.rocketmq.store.hook.PutMessageHook;

/** A broker without a cluster: it does not wait for others, and stops as soon as everything is written. */
final class LoneBroker extends BrokerController {

    private static final Duration REGISTRATION_LIMIT = Duration.ofSeconds(20);

    private LoneBroker(
            BrokerConfig config, NettyServerConfig server, NettyClientConfig client, MessageStoreConfig store) {
        super(config, server, client, store);
        brokerAttachedPlugins.add(new ImpatientStop());
    }

    static LoneBroker start(Settings settings) throws Exception {
        BrokerConfig config = new BrokerConfig();
        NettyServerConfig server = new NettyServerConfig();
        NettyClientConfig client = new NettyClientConfig();
        MessageStoreConfig store = new MessageStoreConfig();
        settings.applyTo(config);
        settings.applyTo(server);
        settings.applyTo(client);
        settings.applyTo(store);
        LoneBroker broker = new LoneBroker(config, server, client, store);
        if (!broker.initialize()) {
            throw new IllegalStateException("The broker does not initialise");
        }
        broker.getMessageStore().getPutMessageHookList().add(0, broker.new FullDiskIsFine());
        broker.replaceTransactions();
        broker.start();
        return broker;
    }

    private void replaceTransactions() {
        getTransactionalMessageService().close();
        setTransactionalMessageService(new RestingTransactions(this));
        getTransactionalMessageService().setTransactionMetrics(new UnwrittenMetrics());
    }

    /**
     * Returns once the name server sends clients here. The broker's own registration at the start is lost when its
     * connection is not up yet, and the next one comes ten seconds later.
     */
    void registerAt(NameServer names) throws InterruptedException {
        long end = System.nanoTime() + REGISTRATION_LIMIT.toNanos();
        while (!names.knows(TopicValidator.AUTO_CREATE_TOPIC_KEY_TOPIC)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The name server does not learn of the broker");
            }
            registerBrokerAll(true, false, true);
            Thread.sleep(10);
        }
    }

    /**
     * Writes down all that a restart needs. RocketMQ would wait for each of its network threads, up to three seconds
     * each; they are told to end, and end with the JVM.
     */
    void stop() {
        for (RemotingServer server : remotingServerMap.values()) {
            Thread thread = new Thread(server::shutdown, "network-stop");
            thread.setDaemon(true);
            thread.start();
        }
        remotingServerMap.clear();
        shutdownBasicService();
    }

    /**
     * RocketMQ refuses messages while the disk is used for more than 90 %, and caps the setting for it there: on a
     * terabyte that leaves 100 GB idle. The workbook looks for the room that it needs before it starts.
     */
    private final class FullDiskIsFine implements PutMessageHook {

        @Override
        public String hookName() {
            return "full disk is fine";
        }

        @Override
        public PutMessageResult executeBeforePutMessage(MessageExt message) {
            getMessageStore().getRunningFlags().getAndMakeDiskOK();
            return null;
        }
    }

    /** Counts of transactions, for operators: written with two syncs of the disk, and by a thread that spins between. */
    private static final class UnwrittenMetrics extends TransactionMetrics {

        UnwrittenMetrics() {
            super("");
        }

        @Override
        public void persist() {}
    }
}
