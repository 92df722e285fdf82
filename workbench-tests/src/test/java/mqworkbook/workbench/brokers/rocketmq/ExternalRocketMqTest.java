package mqworkbook.workbench.brokers.rocketmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalRocketMqTest {

    @Test
    void somebody_else_s_cluster_is_used_and_left_alone() {
        Broker somebodys = Brokers.forRun().require(BrokerKind.ROCKETMQ);
        Endpoint address = somebodys.endpoint();
        ExternalRocketMq broker = ExternalRocketMq.at("127.0.0.1:" + address.port());

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
    void keys_are_taken_from_the_address_and_are_never_told() {
        ExternalRocketMq broker = ExternalRocketMq.at("access:secret@127.0.0.1:" + FreePorts.next());

        assertThat(broker.endpoint().username()).isEqualTo("access");
        assertThat(broker.endpoint().password()).isEqualTo("secret");
        assertThatThrownBy(broker::start)
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void nobody_there_names_address_and_setting() {
        int port = FreePorts.next();

        assertThatThrownBy(() -> ExternalRocketMq.at("127.0.0.1:" + port).start())
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("rocketmq.namesrv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", ":9876", "host:", "ho st:9876", "http://host:9876"})
    void an_address_that_cannot_be_read_shows_an_example(String address) {
        assertThatThrownBy(() -> ExternalRocketMq.at(address))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining(ExternalRocketMq.ADDRESS.asSwitch());
    }
}
