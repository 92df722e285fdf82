package mqworkbook.workbench.brokers.kafka;

import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The configuration of one Kafka node, broker and controller in one, on 127.0.0.1.
 *
 * <p>What a cluster does in seconds, so as not to disturb itself, is done in milliseconds here: a group's first rebalance,
 * heartbeats of the new group protocol, elections of a lone controller, the end of a transaction that timed out. Apart
 * from times and sizes the defaults of Kafka 4.4 hold. The controlled shutdown is one of them: a lone broker that leaves
 * without a word is taken for alive by its own controller, and after a restart let in only when its session of nine
 * seconds is over.
 *
 * @see <a href="https://kafka.apache.org/44/configuration/broker-configs/">Kafka 4.4, broker configuration</a>
 */
final class KafkaNode {

    private static final String ROLES = """
            process.roles=broker,controller
            node.id=1
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            """;

    private static final String TUNING = """
            offsets.topic.num.partitions=1
            offsets.topic.replication.factor=1
            transaction.state.log.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1

            group.initial.rebalance.delay.ms=0
            group.min.session.timeout.ms=500
            group.consumer.heartbeat.interval.ms=500
            group.consumer.min.heartbeat.interval.ms=500
            group.consumer.min.session.timeout.ms=1000
            group.consumer.assignment.interval.ms=0
            group.share.heartbeat.interval.ms=500
            group.share.min.heartbeat.interval.ms=500
            group.share.assignment.interval.ms=0
            group.coordinator.append.linger.ms=1
            transaction.abort.timed.out.transaction.cleanup.interval.ms=500

            controller.quorum.election.timeout.ms=100
            controller.quorum.election.backoff.max.ms=50
            controller.quorum.fetch.timeout.ms=500
            controller.quorum.append.linger.ms=1
            broker.heartbeat.interval.ms=500

            num.network.threads=1
            num.io.threads=2
            background.threads=2
            num.recovery.threads.per.data.dir=1
            log.cleaner.threads=1
            log.cleaner.dedupe.buffer.size=2097152
            log.cleaner.io.buffer.size=131072
            log.cleaner.backoff.ms=200
            log.index.size.max.bytes=1048576
            log.segment.delete.delay.ms=1000
            log.retention.check.interval.ms=1000
            """;

    private KafkaNode() {}

    /** Times and sizes, for a node that is set up otherwise. */
    static Map<String, String> tuning() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TUNING));
        } catch (IOException e) {
            throw new IllegalStateException("A string can be read", e);
        }
        Map<String, String> tuning = new TreeMap<>();
        properties.forEach((key, value) -> tuning.put(key.toString(), value.toString()));
        return tuning;
    }

    /** Writes the configuration into the folder, and returns its file as the server's arguments. */
    static List<String> configure(Path folder, int port, int controllerPort) throws IOException {
        Properties own = new Properties();
        own.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        own.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        own.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        own.setProperty("log.dirs", folder.resolve("data").toString());
        Path file = folder.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write(ROLES + TUNING);
            own.store(writer, null);
        }
        return List.of(file.toString());
    }
}
