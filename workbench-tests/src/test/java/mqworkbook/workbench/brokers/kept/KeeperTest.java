package mqworkbook.workbench.brokers.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Choice;
import mqworkbook.workbench.brokers.Started;
import mqworkbook.workbench.brokers.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KeeperTest {

    @TempDir
    private Path folder;

    private final List<ListeningBroker> brokers = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private Keeper keeper;

    @BeforeEach
    void open() throws IOException {
        keeper = new Keeper(folder, this::start);
    }

    @AfterEach
    void close() throws IOException {
        keeper.close();
        brokers.forEach(ListeningBroker::stop);
    }

    @Test
    void a_broker_is_started_once_and_shown() {
        calls().start(BrokerKind.REDIS);
        Facts again = calls().start(BrokerKind.REDIS);

        assertThat(brokers).hasSize(1);
        assertThat(again).isEqualTo(Facts.of(Way.LOCAL, brokers.get(0)));
        assertThat(calls().look().running()).containsOnlyKeys(BrokerKind.REDIS).containsValue(again);
    }

    @Test
    void a_broker_that_cannot_be_started_is_told_with_its_own_message() {
        assertThatThrownBy(() -> calls().start(BrokerKind.ROCKETMQ))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessage("mend it");
        assertThat(calls().look().running()).isEmpty();
    }

    @Test
    void a_run_borrows_what_is_kept_and_nothing_else() {
        calls().start(BrokerKind.REDIS);
        KeptBrokers run = run();

        Started borrowed = run.borrow(BrokerKind.REDIS, Optional.empty()).orElseThrow();

        assertThat(borrowed.describe())
                .isEqualTo("Redis 1.2.3 as a local process (kept running by ./workbook brokers up)");
        assertThat(borrowed.broker().endpoint()).isEqualTo(brokers.get(0).endpoint());
        assertThat(borrowed.broker().capabilities()).isEqualTo(brokers.get(0).capabilities());
        assertThat(run.borrow(BrokerKind.KAFKA, Optional.empty())).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void a_way_that_is_forced_is_respected() {
        calls().start(BrokerKind.REDIS);

        assertThat(run().borrow(BrokerKind.REDIS, Optional.of(Way.DOCKER))).isEmpty();
        assertThat(run().look(BrokerKind.REDIS, Optional.of(Way.DOCKER))).isEmpty();
        assertThat(run().borrow(BrokerKind.REDIS, Optional.of(Way.LOCAL))).isPresent();
    }

    @Test
    void a_look_borrows_nothing() {
        calls().start(BrokerKind.REDIS);

        assertThat(run().look(BrokerKind.REDIS, Optional.empty()).map(Choice::way))
                .contains(Way.LOCAL);
        assertThat(calls().look().holder()).isEmpty();
    }

    @Test
    void a_restart_is_the_keepers() {
        calls().start(BrokerKind.REDIS);
        Broker borrowed =
                run().borrow(BrokerKind.REDIS, Optional.empty()).orElseThrow().broker();

        borrowed.restart();
        borrowed.stop();

        assertThat(brokers.get(0).restarts).hasValue(1);
        assertThat(brokers.get(0).isStopped()).isFalse();
    }

    @Test
    void a_second_run_at_the_same_time_is_told_who_has_them() {
        calls().start(BrokerKind.REDIS);
        calls().start(BrokerKind.KAFKA);
        run().borrow(BrokerKind.REDIS, Optional.empty()).orElseThrow();

        KeptBrokers second = run();

        assertThat(second.borrow(BrokerKind.REDIS, Optional.empty())).isEmpty();
        assertThat(second.borrow(BrokerKind.KAFKA, Optional.empty())).isEmpty();
        assertThat(notes)
                .containsExactly("The brokers of ./workbook brokers up serve another run (process "
                        + ProcessHandle.current().pid() + "): this run starts its own");
    }

    @Test
    void what_is_given_back_is_lent_again_as_it_is() {
        calls().start(BrokerKind.REDIS);
        KeptBrokers first = run();
        first.borrow(BrokerKind.REDIS, Optional.empty()).orElseThrow();

        first.giveBack();

        assertThat(run().borrow(BrokerKind.REDIS, Optional.empty())).isPresent();
        assertThat(brokers).hasSize(1);
    }

    @Test
    void after_a_run_that_broke_off_there_are_fresh_ones() throws IOException {
        calls().start(BrokerKind.REDIS);
        try (KeeperLine killed = KeeperLine.to(KeeperAddress.in(folder).orElseThrow())) {
            assertThat(killed.ask("LEND", "REDIS", "")).startsWith("OK");
        }

        await("the soiled broker is replaced").until(() -> brokers.size() == 2);

        assertThat(brokers.get(0).isStopped()).isTrue();
        assertThat(run().borrow(BrokerKind.REDIS, Optional.empty())
                        .orElseThrow()
                        .broker()
                        .endpoint())
                .isEqualTo(brokers.get(1).endpoint());
        assertThat(brokers).hasSize(2);
    }

    @Test
    void a_broker_that_has_died_is_replaced_before_it_is_lent() {
        calls().start(BrokerKind.REDIS);
        brokers.get(0).stop();

        assertThat(run().borrow(BrokerKind.REDIS, Optional.empty())
                        .orElseThrow()
                        .broker()
                        .endpoint())
                .isEqualTo(brokers.get(1).endpoint());
    }

    @Test
    void only_whoever_knows_the_token_is_answered() throws Exception {
        KeeperAddress right = KeeperAddress.in(folder).orElseThrow();
        KeeperAddress wrong = new KeeperAddress(right.pid(), right.born(), right.port(), "guessed");

        assertThatThrownBy(() -> KeeperLine.to(wrong)).isInstanceOf(IOException.class);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("kept-brokers.properties"))))
                .isEqualTo("rw-------");
    }

    @Test
    void what_a_dead_keeper_has_left_is_removed_with_one_line() throws IOException {
        new KeeperAddress(ProcessHandle.current().pid(), 1, 1, "of another process of this number").writeTo(folder);

        assertThat(run().borrow(BrokerKind.REDIS, Optional.empty())).isEmpty();
        assertThat(notes).containsExactly("The brokers of ./workbook brokers up are gone: this run starts its own");
        assertThat(folder).isEmptyDirectory();
        assertThat(KeeperCalls.in(folder)).isEmpty();
    }

    @Test
    void a_damaged_file_counts_as_none() throws IOException {
        Files.writeString(folder.resolve("kept-brokers.properties"), "pid=many\n\\u00");

        assertThat(run().borrow(BrokerKind.REDIS, Optional.empty())).isEmpty();
        assertThat(KeeperCalls.in(folder)).isEmpty();
    }

    @Test
    void a_keeper_that_hangs_holds_nobody_up() throws IOException {
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            KeeperAddress.here(hanging.getLocalPort(), "token").writeTo(folder);

            assertThat(run().borrow(BrokerKind.REDIS, Optional.empty())).isEmpty();
        }
        assertThat(notes)
                .containsExactly("The brokers of ./workbook brokers up do not answer: this run starts its own");
    }

    @Test
    void it_ends_when_told() {
        CompletableFuture<Void> kept = keep(Duration.ofHours(1));

        assertThat(calls().look().running()).isEmpty();
        assertThat(kept).isNotDone();
        try (KeeperLine line = KeeperLine.to(KeeperAddress.in(folder).orElseThrow())) {
            line.ask("STOP");
        } catch (IOException e) {
            throw new AssertionError(e);
        }

        await("the keeper ends").until(kept::isDone);
    }

    @Test
    void it_ends_when_nobody_uses_it_but_not_while_somebody_does() {
        calls().start(BrokerKind.REDIS);
        KeptBrokers run = run();
        run.borrow(BrokerKind.REDIS, Optional.empty()).orElseThrow();
        CompletableFuture<Void> kept = keep(Duration.ZERO);

        await("the keeper stays while a run has its brokers")
                .during(Duration.ofMillis(1200))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !kept.isDone());
        run.giveBack();

        await("the keeper ends").until(kept::isDone);
    }

    @Test
    void it_ends_when_its_file_is_gone() {
        CompletableFuture<Void> kept = keep(Duration.ofHours(1));

        KeeperAddress.removeFrom(folder);

        await("the keeper ends").until(kept::isDone);
    }

    private CompletableFuture<Void> keep(Duration idle) {
        return CompletableFuture.runAsync(() -> {
            try {
                keeper.keep(idle);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private KeptBrokers run() {
        return new KeptBrokers(Optional.of(folder), notes::add);
    }

    private KeeperCalls calls() {
        return KeeperCalls.in(folder).orElseThrow();
    }

    private Started start(BrokerKind kind) {
        if (kind == BrokerKind.ROCKETMQ) {
            throw new BrokerUnavailableException("mend it");
        }
        ListeningBroker broker = new ListeningBroker(kind);
        brokers.add(broker);
        return new Started(new Choice(kind, Way.LOCAL, "no Docker engine answers here"), broker);
    }
}
