package mqworkbook.servers.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import mqworkbook.servers.Leash;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka node that is broker and controller. Its argument is the file with its configuration. */
public final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] arguments) throws Exception {
        try {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
                properties.load(reader);
            }
            run(properties);
        } catch (Throwable e) {
            e.printStackTrace();
            // Threads of a half-started server would keep the JVM alive.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Properties properties) throws Exception {
        KafkaConfig config = new KafkaConfig(properties, false);
        Path data = Path.of(properties.getProperty("log.dirs"));
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(data.toString());
        }
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        if (Leash.isRehearsal()) {
            publish(properties.getProperty("advertised.listeners").replaceFirst("PLAINTEXT://", ""));
            server.shutdown();
            System.exit(0);
        }
        Leash.hold(server::shutdown);
    }

    private static void format(String directory) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(directory)
                .setMetadataLogDirectory(directory)
                .setControllerListenerName("CONTROLLER")
                .run();
    }

    private static void publish(String bootstrap) throws Exception {
        Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("rehearsal", "key", "value")).get();
        }
    }
}
