package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.cache.UserCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution's packages, unpacked into a fresh cache whose path has a blank in it. */
class PrivateInstallationTest {

    @TempDir
    private Path parent;

    @BeforeEach
    void ignoreAnInstalledServer() {
        assumeTrue(DebianPackages.present(), "there is no apt here, so nothing can be unpacked privately");
        System.setProperty(RabbitMqInstallation.SWITCH, "private");
    }

    @AfterEach
    void useAnInstalledServerAgain() {
        System.clearProperty(RabbitMqInstallation.SWITCH);
    }

    @Test
    void a_server_unpacked_into_a_fresh_cache_starts_and_is_not_unpacked_again() throws Exception {
        Path root = parent.resolve("fresh cache");
        UserCache cache = new UserCache(root);
        assertThat(RabbitMqInstallation.supply(cache).found()).isEmpty();
        try (LocalRabbitMq broker = new LocalRabbitMq(cache)) {
            broker.start();
            try (Connection connection = Clients.connect(broker.endpoint())) {
                assertThat(connection.isOpen()).isTrue();
            }
        }

        RabbitMqInstallation again = RabbitMqInstallation.locate(cache);

        assertThat(RabbitMqInstallation.supply(cache).found())
                .contains(again.version() + ", unpacked privately in " + RabbitMqInstallation.unpacked(cache));
        assertThat(again.home()).startsWith(root);
        assertThat(again.erlang()).startsWith(root);
        try (Stream<Path> entries = Files.list(root)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .noneMatch(name -> name.contains("unfinished"));
        }
    }
}
