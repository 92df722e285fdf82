package mqworkbook.workbench.brokers.rocketmq;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * The configuration of a name server and one broker, on 127.0.0.1. Names and defaults are those of RocketMQ 5.5.0; what
 * is not written here keeps its default.
 *
 * <p>Times, since a lesson cannot wait for what a cluster does at leisure:
 *
 * <ul>
 *   <li>{@code transactionTimeOut} 1 s (default 6 s) and {@code transactionCheckInterval} 0.5 s (30 s): an undecided
 *       half message is first checked after 1 to 2 s. {@code transactionOpBatchInterval} 0.1 s (3 s): what was decided
 *       is not checked again. {@code transactionCheckMax} stays 15.
 *   <li>{@code messageDelayLevel}: levels 1 and 2 are 1 s and 2 s (1 s and 5 s); from level 3 on, where the retries of a
 *       push consumer begin, 1 s, 2 s, 3 s and so on (10 s, 30 s, 1 min). Still 18 levels, and 2 h the last.
 *   <li>{@code timerPrecisionMs} 100 (1000): messages with a time of their own come up to 0.1 s late.
 *   <li>{@code lockMaxLiveTime}, a system property (see {@link LocalRocketMq}).
 *   <li>{@code flushConsumerOffsetInterval} and {@code flushDelayOffsetInterval} 1 s (5 s, 10 s): after a crash less is
 *       delivered again. Both are written on an orderly stop anyway.
 * </ul>
 *
 * <p>Refusals for want of speed are off, as a laptop may stall for a second: {@code brokerFastFailureEnable},
 * {@code osPageCacheBusyTimeOutMills}.
 *
 * <p>Durability: a message is acknowledged when it is in the memory-mapped log ({@code ASYNC_FLUSH}, the default), so it
 * survives the end of the process, {@code kill -9} included, but not that of the machine.
 *
 * <p>Sizes: small files and few threads, no pop consumers ({@code popConsumerFSServiceInit}), no compaction, no index of
 * keys. The timer wheel is never written ({@code timerWheelSnapshotFlush} with an interval that does not come): by
 * default its 38 MB are compared byte by byte every second. It is made again from its log, of which one file, 80,000
 * timers, is always read.
 *
 * @see <a href="https://rocketmq.apache.org/docs/bestPractice/06FAQ">RocketMQ 5, documentation</a>
 */
final class RocketMqNode {

    /** Times and refusals: what lessons count on, in whatever way the broker runs. */
    static final String TIMES = """
            transactionTimeOut=1000
            transactionCheckInterval=500
            transactionOpBatchInterval=100
            messageDelayLevel=1s 2s 1s 2s 3s 4s 5s 6s 7s 8s 9s 10s 20s 30s 1m 10m 1h 2h
            timerPrecisionMs=100
            flushConsumerOffsetInterval=1000
            flushDelayOffsetInterval=1000
            brokerFastFailureEnable=false
            osPageCacheBusyTimeOutMills=10000
            autoCreateTopicEnable=true
            defaultTopicQueueNums=4
            enablePropertyFilter=true
            recallMessageEnable=true
            """;

    /** Sizes of files on disk and of what is kept in memory. */
    static final String SIZES = """
            mappedFileSizeCommitLog=16777216
            mappedFileSizeConsumeQueue=40000
            mapperFileSizeBatchConsumeQueue=92000
            mappedFileSizeTimerLog=4259840
            timerWheelSnapshotFlush=true
            timerWheelSnapshotIntervalMs=2147483647
            timerGetMessageThreadNum=1
            timerPutMessageThreadNum=1
            messageIndexEnable=false
            enableCompaction=false
            popConsumerFSServiceInit=false
            cleanFileForciblyEnable=false
            diskMaxUsedSpaceRatio=95
            """;

    private static final String THREADS = """
            serverWorkerThreads=2
            serverSelectorThreads=1
            serverCallbackExecutorThreads=1
            defaultThreadPoolNums=1
            clientRequestThreadPoolNums=1
            sendMessageThreadPoolNums=2
            putMessageFutureThreadPoolNums=1
            pullMessageThreadPoolNums=4
            litePullMessageThreadPoolNums=1
            ackMessageThreadPoolNums=1
            processReplyMessageThreadPoolNums=1
            queryMessageThreadPoolNums=1
            adminBrokerThreadPoolNums=2
            clientManageThreadPoolNums=2
            consumerManageThreadPoolNums=2
            loadBalanceProcessorThreadPoolNums=1
            heartbeatThreadPoolNums=1
            endTransactionThreadPoolNums=2
            recoverThreadPoolNums=1
            compactionThreadNum=1
            transactionMetricFlushInterval=50
            """;

    private RocketMqNode() {}

    /** A broker's configuration file, for one that listens on all of its container's interfaces. */
    static String containerConfiguration(int port) {
        return TIMES + SIZES + """
                brokerName=broker
                brokerIP1=127.0.0.1
                listenPort=%d
                namesrvAddr=127.0.0.1:9876
                """.formatted(port);
    }

    /** Writes the configuration into the folder, and returns its file as the server's arguments. */
    static List<String> configure(Path folder, int nameServerPort, int port) throws IOException {
        Properties own = new Properties();
        own.setProperty("rocketmqHome", folder.toString());
        own.setProperty("storePathRootDir", folder.resolve("store").toString());
        own.setProperty("namesrvAddr", "127.0.0.1:" + nameServerPort);
        own.setProperty("brokerName", "broker");
        own.setProperty("brokerIP1", "127.0.0.1");
        own.setProperty("brokerIP2", "127.0.0.1");
        own.setProperty("bindAddress", "127.0.0.1");
        own.setProperty("listenPort", String.valueOf(port));
        Path file = folder.resolve("rocketmq.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write(TIMES + SIZES + THREADS);
            own.store(writer, null);
        }
        return List.of(file.toString());
    }
}
