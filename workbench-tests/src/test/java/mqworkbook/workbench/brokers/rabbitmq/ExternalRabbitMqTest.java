package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.Test;

@NeedsBrokers(BrokerKind.RABBITMQ)
class ExternalRabbitMqTest {

    @Test
    void a_broker_of_somebody_else_is_used_as_it_is_and_never_restarted(Broker somebodys) {
        Endpoint address = somebodys.endpoint();
        ExternalRabbitMq broker =
                ExternalRabbitMq.at("amqp://guest:guest@" + address.host() + ":" + address.port() + "/%2F");

        broker.start();
        broker.stop();

        assertThat(broker.endpoint()).isEqualTo(address);
        assertThat(broker.capabilities().version())
                .isEqualTo(somebodys.capabilities().version());
        assertThat(broker.capabilities().restartable()).isFalse();
        assertThatThrownBy(broker::restart)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("is run by somebody else");
    }

    @Test
    void a_wrong_password_is_said_to_be_one(Broker somebodys) {
        int port = somebodys.endpoint().port();

        assertThatThrownBy(() -> ExternalRabbitMq.at("amqp://guest:wrong@127.0.0.1:" + port)
                        .start())
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("refuses the user guest")
                .hasMessageNotContaining("wrong@");
    }

    @Test
    void nobody_there_names_address_and_setting() {
        int port = FreePorts.next();

        assertThatThrownBy(() -> ExternalRabbitMq.at("amqp://u:p@127.0.0.1:" + port + "/class")
                        .start())
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + port + "/class")
                .hasMessageContaining("rabbitmq.uri");
    }

    @Test
    void an_address_that_cannot_be_read_shows_an_example() {
        assertThatThrownBy(() -> ExternalRabbitMq.at("localhost:5672"))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(ExternalRabbitMq.ADDRESS.asSwitch());
        assertThatThrownBy(() -> ExternalRabbitMq.at("amqps://u:p@host/v"))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("TLS");
    }
}
