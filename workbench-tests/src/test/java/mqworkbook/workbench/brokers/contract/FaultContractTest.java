package mqworkbook.workbench.brokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.trial.Trial;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restarts and cuts: what was confirmed is still there, and a client comes back by itself. */
@Contract
class FaultContractTest {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

    private final Broker broker;
    private Trial trial;

    FaultContractTest(Subject subject) {
        broker = subject.shared().broker();
    }

    @BeforeEach
    void publish() throws Exception {
        trial = Trial.of(broker);
        trial.publish("orders", "before");
    }

    @AfterEach
    void cleanUp() {
        trial.close();
    }

    @Test
    void a_restart_keeps_durable_data_and_the_address() throws Exception {
        Subject.onlyOurs();
        Endpoint before = broker.endpoint();

        trial.restartBroker();

        assertThat(broker.endpoint()).isEqualTo(before);
        assertThat(trial.read("orders")).containsExactly("before");
        assertTheClientComesBack();
    }

    @Test
    void somebody_else_s_broker_is_not_restarted_and_the_reason_is_told() {
        assumeTrue(Subject.way() == Way.EXTERNAL, "it is our own");

        assertThatThrownBy(broker::restart)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(broker.capabilities().whyNotRestartable())
                .hasMessageContaining("is run by somebody else");
    }

    @Test
    void a_client_that_was_cut_off_comes_back() throws Exception {
        trial.relay().cut();

        assertTheClientComesBack();
    }

    @Test
    void a_client_that_was_refused_for_a_while_comes_back() throws Exception {
        trial.relay().refuse();
        await("the client has lost its connections").until(() -> trial.relay().openConnections() == 0);
        trial.relay().heal();

        assertTheClientComesBack();
    }

    /** A message that was in doubt may be there twice. */
    private void assertTheClientComesBack() throws Exception {
        await("the client publishes again")
                .atMost(BACK_WITHIN)
                .ignoreExceptions()
                .until(() -> {
                    trial.publish("orders", "after");
                    return true;
                });
        assertThat(trial.read("orders")).startsWith("before").contains("after");
    }
}
