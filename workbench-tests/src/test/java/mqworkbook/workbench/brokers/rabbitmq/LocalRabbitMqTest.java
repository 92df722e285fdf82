package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Against a real server of this machine, or one unpacked for the purpose. */
class LocalRabbitMqTest {

    @Test
    void a_restart_closes_connections_in_good_order() throws Exception {
        try (LocalRabbitMq broker = new LocalRabbitMq()) {
            broker.start();
            Connection connection = Clients.connect(broker.endpoint());

            broker.restart();

            await("the client learns of the shutdown")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> connection.getCloseReason() != null);
            assertThat(connection.getCloseReason()).hasMessageContaining("CONNECTION_FORCED");
        }
    }
}
