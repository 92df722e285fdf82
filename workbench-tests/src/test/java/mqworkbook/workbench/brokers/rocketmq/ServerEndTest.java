package mqworkbook.workbench.brokers.rocketmq;

import static java.util.concurrent.TimeUnit.SECONDS;
import static mqworkbook.workbench.brokers.rocketmq.Clients.bodies;
import static mqworkbook.workbench.brokers.rocketmq.Clients.fresh;
import static mqworkbook.workbench.brokers.rocketmq.Clients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.brokers.process.LocalServer;
import mqworkbook.workbench.brokers.process.ServerProcess;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's process, told to stop or killed. */
class ServerEndTest {

    private static final Duration QUICK = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    private LocalServer server;
    private ServerProcess process;

    @BeforeEach
    void start() throws IOException {
        LocalRocketMq rocketMq = new LocalRocketMq();
        rocketMq.prepare();
        server = rocketMq.server(folder.resolve("server"), FreePorts::next);
        launch();
    }

    private void launch() throws IOException {
        process = ServerProcess.start(Guard.forRun(), server.command(), server.console());
        await("RocketMQ is ready")
                .atMost(60, SECONDS)
                .pollDelay(Duration.ZERO)
                .ignoreExceptions()
                .until(() -> {
                    server.awaken(process);
                    return true;
                });
    }

    @AfterEach
    void kill() {
        process.kill();
    }

    @Test
    void told_to_stop_it_closes_its_log_and_is_gone_soon() throws Exception {
        try (Clients clients = new Clients(server.endpoint())) {
            clients.producer().send(message(clients.topic(1), "one"));
        }
        assertThat(markOfAnOpenLog()).exists();

        long start = System.nanoTime();
        process.stopBy(LocalServer.STOP, Duration.ofSeconds(30));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
        assertThat(markOfAnOpenLog()).doesNotExist();
    }

    private Path markOfAnOpenLog() {
        return server.folder().resolve("store/abort");
    }

    @Test
    void killed_it_keeps_topics_and_messages_and_those_that_wait_for_their_time() throws Exception {
        List<MessageExt> received = new CopyOnWriteArrayList<>();
        try (Clients clients = new Clients(server.endpoint())) {
            String topic = clients.topic(1);
            DefaultMQProducer producer = clients.producer();
            producer.send(message(topic, "sent"));
            Message byTime = message(topic, "by time");
            byTime.setDelayTimeSec(6);
            producer.send(byTime);
            Message byLevel = message(topic, "by level");
            byLevel.setDelayTimeLevel(7);
            producer.send(byLevel);

            process.kill();
            launch();

            clients.collect(fresh("group"), topic, received);
            await("all three messages")
                    .atMost(30, SECONDS)
                    .until(() -> bodies(received).containsAll(List.of("sent", "by time", "by level")));
        }
    }

    @Test
    void started_again_and_again_it_does_not_pile_up_files() throws Exception {
        process.kill();
        launch();
        long once = unpackedLibraries();
        process.kill();
        launch();

        assertThat(unpackedLibraries()).isEqualTo(once).isEqualTo(1);
    }

    private long unpackedLibraries() throws IOException {
        try (Stream<Path> files = Files.list(server.folder())) {
            return files.filter(file -> file.getFileName().toString().startsWith("librocksdbjni"))
                    .count();
        }
    }
}
