package mqworkbook.workbench.brokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.trial.Trial;
import org.junit.jupiter.api.Test;

/** A broker can be used as soon as it is started, says what it is, and is gone when it is stopped. */
@Contract
record UseContractTest(Subject subject) {

    @Test
    void what_is_published_can_be_read() throws Exception {
        assertUsable(subject.shared().broker());
    }

    @Test
    void it_says_what_it_is_and_starting_twice_is_starting_once() {
        Broker broker = subject.shared().broker();
        InetSocketAddress address = broker.endpoint().address();
        String version = broker.capabilities().version();

        broker.start();

        assertThat(broker.endpoint().address()).isEqualTo(address);
        assertThat(broker.kind()).isEqualTo(subject.kind());
        assertThat(version).isNotBlank();
        assertThat(broker.describe()).startsWith(subject.kind().displayName() + " " + version + ", ");
        assertThat(broker.capabilities().restartable()).isEqualTo(Subject.way() != Way.EXTERNAL);
        assertThat(broker.capabilities().timerPrecision()).isPositive();
    }

    @Test
    void two_brokers_side_by_side_share_nothing() throws Exception {
        try (Stand other = subject.start(FreePorts::next);
                Trial here = Trial.of(subject.shared().broker());
                Trial there = Trial.of(other.broker())) {
            here.publish("orders", "here");
            there.publish("orders", "there");

            assertThat(here.read("orders")).containsExactly("here");
            assertThat(there.read("orders")).containsExactly("there");
            assertThat(other.broker().endpoint().address())
                    .isNotEqualTo(subject.shared().broker().endpoint().address());
        }
    }

    @Test
    void a_stopped_broker_leaves_no_listener_and_can_be_started_again() throws Exception {
        Subject.onlyOurs();
        try (Broker broker = subject.notStarted(FreePorts::next)) {
            broker.start();
            InetSocketAddress address = broker.endpoint().address();

            broker.stop();
            broker.stop();

            assertThat(accepts(address)).isFalse();
            assertThatThrownBy(broker::endpoint).isInstanceOf(IllegalStateException.class);
            broker.start();
            assertUsable(broker);
        }
    }

    private static void assertUsable(Broker broker) throws IOException {
        try (Trial trial = Trial.of(broker)) {
            trial.publish("orders", "first");
            trial.publish("orders", "second");

            assertThat(trial.read("orders")).isEqualTo(List.of("first", "second"));
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
}
