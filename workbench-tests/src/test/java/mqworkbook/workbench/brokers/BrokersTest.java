package mqworkbook.workbench.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import mqworkbook.workbench.brokers.kept.KeptBrokers;
import org.junit.jupiter.api.Test;

class BrokersTest {

    private final FakeProvider provider = new FakeProvider();
    private final Brokers brokers = new Brokers(
            new Selection(Optional::empty), List.of(provider), new KeptBrokers(Optional.empty(), note -> {}));

    @Test
    void a_kind_is_started_once_however_often_it_is_asked_for() {
        brokers.startInBackground(BrokerKind.RABBITMQ, BrokerKind.RABBITMQ);

        assertThat(IntStream.range(0, 20).parallel().mapToObj(i -> brokers.require(BrokerKind.RABBITMQ)))
                .containsOnly(brokers.require(BrokerKind.RABBITMQ));
        assertThat(provider.starts).hasValue(1);
    }

    @Test
    void asking_for_the_choice_starts_nothing() {
        assertThat(brokers.choice(BrokerKind.RABBITMQ).way()).isEqualTo(Way.LOCAL);
        assertThat(provider.starts).hasValue(0);
    }

    @Test
    void a_failure_in_the_background_is_told_to_whoever_requires_it_each_time() {
        provider.failure = new BrokerUnavailableException("run \"mend it\"");
        brokers.startInBackground(BrokerKind.RABBITMQ);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> brokers.require(BrokerKind.RABBITMQ))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessage("run \"mend it\"")
                    .hasStackTraceContaining("BrokersTest");
        }
        assertThat(provider.starts).hasValue(1);
    }

    @Test
    void an_unexpected_failure_is_one_message_too() {
        provider.failure = new IllegalStateException("odd");

        assertThatThrownBy(() -> brokers.require(BrokerKind.RABBITMQ))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("RabbitMQ did not start")
                .hasMessageContaining("odd");
    }

    @Test
    void a_kind_without_a_lesson_yet_is_said_to_be_so() {
        assertThatThrownBy(() -> brokers.require(BrokerKind.KAFKA))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("Kafka");
    }
}
