package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mqworkbook.workbench.brokers.BrokerUnavailableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.10.0", "3.10.8", "3.13.7", "4.0.5", "4.3.0-rc.1"})
    void supported_versions_pass(String version) {
        assertThatCode(() -> ServerCheck.requireSupported(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.9.29", "2.8.7", "5.0.0", "null", ""})
    void others_are_refused_with_what_is_supported(String version) {
        assertThatThrownBy(() -> ServerCheck.requireSupported(version))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageStartingWith("RabbitMQ " + version + " is not supported")
                .hasMessageContaining("3.10 to 4.x");
    }
}
