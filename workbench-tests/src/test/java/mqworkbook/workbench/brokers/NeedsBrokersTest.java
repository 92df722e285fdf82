package mqworkbook.workbench.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import mqworkbook.workbench.brokers.rabbitmq.Clients;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@NeedsBrokers(BrokerKind.RABBITMQ)
class NeedsBrokersTest {

    @Test
    void the_one_broker_is_handed_in_when_clients_can_use_it(Broker broker) throws Exception {
        try (Connection connection = Clients.connect(broker.endpoint())) {
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Nested
    class WithinAnotherClass {

        @Test
        void the_annotation_around_counts(Broker broker) {
            assertThat(broker).isSameAs(Brokers.forRun().require(BrokerKind.RABBITMQ));
        }
    }
}
