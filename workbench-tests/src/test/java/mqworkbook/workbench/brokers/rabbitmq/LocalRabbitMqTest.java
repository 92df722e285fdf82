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
    void durable_messages_and_the_address_survive_a_restart() throws Exception {
        try (LocalRabbitMq broker = started()) {
            int port = broker.endpoint().port();
            try (Connection connection = Clients.connect(broker.endpoint())) {
                publishConfirmed(connection, "orders", "first");
            }

            broker.restart();

            assertThat(broker.endpoint().port()).isEqualTo(port);
            try (Connection connection = Clients.connect(broker.endpoint());
                    Channel channel = connection.createChannel()) {
                assertThat(new String(channel.basicGet("orders", true).getBody()))
                        .isEqualTo("first");
            }
        }
    }

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

    @Test
    void two_nodes_run_side_by_side_and_share_nothing() throws Exception {
        try (LocalRabbitMq one = started();
                LocalRabbitMq two = started();
                Connection toOne = Clients.connect(one.endpoint());
                Connection toTwo = Clients.connect(two.endpoint())) {
            publishConfirmed(toOne, "orders", "for one");

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> toTwo.createChannel().queueDeclarePassive("orders"))
                    .withStackTraceContaining("NOT_FOUND");
        }
    }

    @Test
    void a_stopped_node_leaves_no_listener_and_starting_twice_is_starting_once() {
        LocalRabbitMq broker = started();
        InetSocketAddress address = broker.endpoint().address();
        broker.start();
        assertThat(broker.endpoint().address()).isEqualTo(address);

        broker.stop();

        assertThat(accepts(address)).isFalse();
        assertThatThrownBy(broker::endpoint).isInstanceOf(IllegalStateException.class);
        broker.stop();
    }

    @Test
    void it_says_what_it_is() {
        try (LocalRabbitMq broker = started()) {
            String version = broker.capabilities().version();

            assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*");
            assertThat(broker.describe()).isEqualTo("RabbitMQ " + version + ", local process");
            assertThat(broker.capabilities().restartable()).isTrue();
            assertThat(broker.kind()).isEqualTo(BrokerKind.RABBITMQ);
        }
    }

    @Test
    void other_machines_cannot_reach_it() throws Exception {
        try (LocalRabbitMq broker = started()) {
            for (InetAddress address : addressesForOthers()) {
                assertThat(accepts(
                                new InetSocketAddress(address, broker.endpoint().port())))
                        .as("a connection to %s", address)
                        .isFalse();
            }
        }
    }

    @Test
    void a_port_that_another_program_took_is_replaced_by_the_next() throws Exception {
        try (ServerSocket other = new ServerSocket(FreePorts.next(), 50, InetAddress.getLoopbackAddress())) {
            int free = FreePorts.next();
            Iterator<Integer> ports = List.of(other.getLocalPort(), free).iterator();
            try (LocalRabbitMq broker = new LocalRabbitMq(UserCache.ofUser(), ports::next)) {
                broker.start();

                assertThat(broker.endpoint().port()).isEqualTo(free);
            }
        }
    }

    private static LocalRabbitMq started() {
        LocalRabbitMq broker = new LocalRabbitMq();
        broker.start();
        return broker;
    }

    private static void publishConfirmed(Connection connection, String queue, String body) throws Exception {
        try (Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, true, false, false, null);
            channel.confirmSelect();
            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body.getBytes());
            channel.waitForConfirmsOrDie(10_000);
        }
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static List<InetAddress> addressesForOthers() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
    }
}
