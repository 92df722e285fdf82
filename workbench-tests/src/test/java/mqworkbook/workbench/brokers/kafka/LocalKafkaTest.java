package mqworkbook.workbench.brokers.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against a real node. */
class LocalKafkaTest {

    @Test
    void it_is_of_the_version_that_the_build_has_chosen_and_new_enough_for_the_lessons() throws Exception {
        try (LocalKafka kafka = new LocalKafka()) {
            kafka.start();

            assertThat(kafka.capabilities().version()).matches("\\d+\\.\\d+\\.\\d+");
            KafkaCheck.requireSupported(KafkaCheck.version(kafka.endpoint()));
        }
    }
}
