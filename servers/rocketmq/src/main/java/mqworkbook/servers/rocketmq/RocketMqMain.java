package mqworkbook.servers.rocketmq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.servers.Leash;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;

/** A name server and one broker in one JVM. Its argument is the file with the settings of both. */
public final class RocketMqMain {

    private RocketMqMain() {}

    public static void main(String[] arguments) throws Exception {
        try {
            run(Settings.read(Path.of(arguments[0])));
        } catch (Throwable e) {
            e.printStackTrace();
            // Threads of a half-started server would keep the JVM alive.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Settings settings) throws Exception {
        // RocketMQ's own main classes set it; without it the name server drops the topics that brokers register.
        System.setProperty(RemotingCommand.REMOTING_VERSION_KEY, Integer.toString(MQVersion.CURRENT_VERSION));
        deleteUnpackedLibraries(Path.of(System.getProperty("java.io.tmpdir")));
        NameServer names = NameServer.start(settings);
        LoneBroker broker = LoneBroker.start(settings);
        settings.requireAllUsed();
        broker.registerAt(names);
        if (Leash.isRehearsal()) {
            publish(settings.nameServerAddress());
            broker.stop();
            System.exit(0);
        }
        Leash.hold(broker::stop);
    }

    /** RocksDB unpacks its native library, 13 MB, at each start, and leaves it when the JVM is halted. */
    private static void deleteUnpackedLibraries(Path folder) throws IOException {
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, "librocksdbjni*")) {
            for (Path library : libraries) {
                Files.delete(library);
            }
        }
    }

    private static void publish(String nameServer) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer("rehearsal");
        producer.setNamesrvAddr(nameServer);
        producer.start();
        producer.send(new Message("rehearsal", "value".getBytes(StandardCharsets.UTF_8)));
        producer.shutdown();
    }
}
