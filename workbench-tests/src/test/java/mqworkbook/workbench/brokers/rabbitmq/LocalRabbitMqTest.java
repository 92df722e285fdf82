package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.Test;

/** Against a real server of this machine, or one unpacked for the purpose. */
class LocalRabbitMqTest {

    @Test
    void a_restart_closes_connections_in_good_order() throws Exception {
        try (LocalRabbitMq broker = started()) {
            Connection connection = Clients.connect(broker.endpoint());

            broker.restart();

            await("the client learns of the shutdown")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> connection.getCloseReason() != null);
            assertThat(connection.getCloseReason()).hasMessageContaining("CONNECTION_FORCED");
        }
    }

    private static LocalRabbitMq started() {
        LocalRabbitMq broker = new LocalRabbitMq();
        broker.start();
        return broker;
    }
}
