package mqworkbook.workbench.brokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.Test;

/** A broker listens for this machine only, and gets along with other programs that listen. */
@Contract
record PortContractTest(Subject subject) {

    @Test
    void it_listens_for_this_machine_only() throws Exception {
        Subject.onlyOurs();
        int port = subject.shared().broker().endpoint().port();
        if (Subject.way() == Way.DOCKER) {
            assertThat(Containers.published()).isNotEmpty().containsOnly("127.0.0.1");
            return;
        }
        assumeTrue(Listeners.known(), "this system does not tell who listens where");

        List<InetSocketAddress> listeners = Listeners.of(children());

        assertThat(listeners).extracting(InetSocketAddress::getPort).contains(port);
        assertThat(listeners)
                .allSatisfy(listener -> assertThat(listener.getAddress().isLoopbackAddress())
                        .as("loopback: %s", listener)
                        .isTrue());
    }

    @Test
    void a_port_that_another_program_took_is_replaced() throws Exception {
        try (ServerSocket other = onLoopback(FreePorts.next());
                Stand stand = subject.start(firstOf(other.getLocalPort()))) {
            assertThat(stand.server().endpoint().port()).isNotEqualTo(other.getLocalPort());
            assertThat(other.isClosed()).isFalse();
        }
    }

    @Test
    void a_restart_on_a_port_that_was_taken_meanwhile_is_one_clear_message() throws Exception {
        Subject.onlyOurs();
        assumeTrue(Subject.way() == Way.DOCKER || Listeners.known(), "this system does not tell who listens where");
        try (Stand stand = subject.start(FreePorts::next)) {
            int port = stand.broker().endpoint().port();
            crash(port);
            try (ServerSocket other =
                    await("the port is free").ignoreExceptions().until(() -> onLoopback(port), ServerSocket::isBound)) {
                Broker broker = stand.broker();
                assertThatThrownBy(broker::restart)
                        .isInstanceOf(BrokerUnavailableException.class)
                        .hasMessage(subject.kind().displayName() + "'s port " + port
                                + " on 127.0.0.1 was taken by another program: end it (\"ss -ltnp\" shows it), or run"
                                + " again");
                assertThat(other.isBound()).isTrue();
            }
        }
    }

    private static void crash(int port) throws IOException {
        if (Subject.way() == Way.DOCKER) {
            Containers.kill(port);
            return;
        }
        for (ProcessHandle process : children()) {
            if (Listeners.of(List.of(process)).stream().anyMatch(listener -> listener.getPort() == port)) {
                process.destroyForcibly();
            }
        }
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().descendants().toList();
    }

    private static ServerSocket onLoopback(int port) throws IOException {
        return new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    }

    private static IntSupplier firstOf(int port) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.getAndIncrement() == 0 ? port : FreePorts.next();
    }
}
