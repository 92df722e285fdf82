package mqworkbook.workbench.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    private static final Optional<ContainerEngine> ENGINE =
            Optional.of(new ContainerEngine(URI.create("unix:///fake.sock")));

    private final FakeProvider provider = new FakeProvider();

    @AfterEach
    void leaveTheChoiceFree() {
        System.clearProperty("brokers");
    }

    @Nested
    class Free {

        @Test
        void a_container_wins_where_its_image_is_present() {
            provider.imagePresent = true;

            assertThat(chosen(withEngine())).isEqualTo("RabbitMQ in a container (Docker has the image fake:1.0)");
        }

        @Test
        void a_local_process_wins_over_an_image_that_has_to_be_pulled() {
            assertThat(chosen(withEngine()))
                    .isEqualTo("RabbitMQ as a local process (Docker answers, but has no image fake:1.0)");
        }

        @Test
        void a_local_process_is_taken_where_no_engine_answers() {
            assertThat(chosen(withoutEngine()))
                    .isEqualTo("RabbitMQ as a local process (no Docker engine answers here)");
        }

        @Test
        void an_image_is_pulled_where_there_is_no_other_way() {
            provider.obstacle = Optional.of("RabbitMQ is not installed: run \"install it\"");

            assertThat(chosen(withEngine())).isEqualTo("RabbitMQ in a container (there is no local RabbitMQ here)");
        }

        @Test
        void an_address_that_was_given_is_used() {
            provider.address = "there:5672";
            provider.imagePresent = true;

            assertThat(chosen(withEngine())).isEqualTo("RabbitMQ run by somebody else (there:5672 is set)");
        }

        @Test
        void no_way_at_all_is_one_message_with_every_way_out() {
            provider.obstacle = Optional.of("RabbitMQ is not installed: run \"install it\"");

            assertThatThrownBy(() -> withoutEngine().choose(provider))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageContainingAll("run \"install it\"", "start Docker", "-Dfake=address");
        }
    }

    @Nested
    class Forced {

        @Test
        void docker_without_an_engine_says_where_it_looked() {
            System.setProperty("brokers", "docker");

            assertThatThrownBy(() -> withoutEngine().choose(provider))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageStartingWith("-Dbrokers=docker, but no Docker engine answers at ")
                    .hasMessageContaining("-Dbrokers=local");
        }

        @Test
        void an_engine_that_kept_silent_for_one_kind_is_not_waited_for_again() {
            System.setProperty("brokers", "docker");
            AtomicInteger asked = new AtomicInteger();
            Selection selection = new Selection(() -> {
                asked.incrementAndGet();
                return Optional.empty();
            });

            assertThatThrownBy(() -> selection.choose(provider)).isInstanceOf(BrokerUnavailableException.class);
            int afterOne = asked.get();
            assertThatThrownBy(() -> selection.choose(provider)).isInstanceOf(BrokerUnavailableException.class);

            assertThat(asked).hasValue(afterOne);
        }

        @Test
        void docker_with_an_engine_takes_it_with_or_without_the_image() {
            System.setProperty("brokers", "docker");

            assertThat(withEngine().choose(provider).way()).isEqualTo(Way.DOCKER);
        }

        @Test
        void docker_on_a_busy_machine_may_answer_late() {
            System.setProperty("brokers", "docker");
            Iterator<Optional<ContainerEngine>> answers = List.of(
                            Optional.<ContainerEngine>empty(), Optional.<ContainerEngine>empty(), ENGINE)
                    .iterator();

            assertThat(new Selection(answers::next).choose(provider).way()).isEqualTo(Way.DOCKER);
        }

        @Test
        void local_with_an_obstacle_says_what_helps() {
            System.setProperty("brokers", "local");
            provider.obstacle = Optional.of("RabbitMQ is not installed: run \"install it\"");

            assertThatThrownBy(() -> withEngine().choose(provider))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessage("-Dbrokers=local, but RabbitMQ is not installed: run \"install it\"");
        }

        @Test
        void local_wins_over_a_present_image() {
            System.setProperty("brokers", "LOCAL");
            provider.imagePresent = true;

            assertThat(withEngine().choose(provider).way()).isEqualTo(Way.LOCAL);
        }

        @Test
        void external_without_an_address_shows_the_setting() {
            System.setProperty("brokers", "external");

            assertThatThrownBy(() -> withEngine().choose(provider))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageContaining("-Dfake=address");
        }

        @ParameterizedTest
        @ValueSource(strings = {"dockr", "podman", "true"})
        void an_unknown_value_is_one_line_with_the_valid_ones(String value) {
            System.setProperty("brokers", value);

            assertThatThrownBy(() -> withEngine().choose(provider))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessage("-Dbrokers=" + value + " is not known: use docker, local or external,"
                            + " or leave it out and the workbook chooses");
        }
    }

    private String chosen(Selection selection) {
        return selection.choose(provider).describe();
    }

    private static Selection withEngine() {
        return new Selection(() -> ENGINE);
    }

    private static Selection withoutEngine() {
        return new Selection(Optional::empty);
    }
}
