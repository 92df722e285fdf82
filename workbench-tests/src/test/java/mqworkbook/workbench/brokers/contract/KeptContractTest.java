package mqworkbook.workbench.brokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.kept.KeeperCalls;
import mqworkbook.workbench.brokers.kept.KeptBrokers;
import mqworkbook.workbench.trial.Trial;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are kept between runs: they are as good as one's own, and they are gone with their keeper. */
@Tag("contract")
@Timeout(240)
class KeptContractTest {

    @TempDir
    private Path folder;

    private Path state;

    @BeforeEach
    void onlyOurs() throws IOException {
        Assumptions.assumeTrue(Subject.way() != Way.EXTERNAL, "somebody else's broker is not kept");
        state = Files.createDirectory(folder.resolve("state"));
    }

    @Test
    void a_run_uses_kept_brokers_restarts_them_and_leaves_them() throws Exception {
        try (ForkedRun keeper = keeper()) {
            KeptBrokers kept = new KeptBrokers(Optional.of(state), note -> {});
            for (BrokerKind kind : kinds()) {
                Broker broker =
                        kept.borrow(kind, Optional.empty()).orElseThrow().broker();
                try (Trial trial = Trial.of(broker)) {
                    trial.publish("kept", "before the restart");
                    trial.restartBroker();
                    await("the client has come back by itself")
                            .atMost(Duration.ofSeconds(30))
                            .ignoreExceptions()
                            .until(() -> {
                                trial.publish("kept", "after it");
                                return true;
                            });

                    assertThat(trial.read("kept")).contains("before the restart", "after it");
                }
                broker.stop();
            }
            assertThat(calls().look().running()).hasSize(kinds().size());

            calls().stop();

            keeper.assertNothingIsLeft();
            assertThat(KeeperCalls.in(state)).isEmpty();
        }
    }

    @Test
    void a_run_that_is_killed_leaves_fresh_brokers_to_the_next() throws Exception {
        try (ForkedRun keeper = keeper();
                ForkedRun run = fork("run", "start", one().name()).ready()) {
            assertThat(run.ports()).isSubsetOf(keeper.ports());

            run.kill();

            await("there is another broker, for nobody yet")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> calls().look().holder().isEmpty() && isFresh(run.ports()));
            try (ForkedRun next = fork("next", "start", one().name()).ready()) {
                assertThat(next.ports()).doesNotContainAnyElementsOf(run.ports());
                next.exit();
            }
        }
    }

    @Test
    void a_keeper_that_is_killed_leaves_nothing_but_its_file() throws Exception {
        try (ForkedRun keeper = keeper()) {
            keeper.kill();

            keeper.assertNothingIsLeft();
            assertThat(KeeperCalls.in(state)).isEmpty();
        }
    }

    private boolean isFresh(List<Integer> before) {
        return Optional.ofNullable(calls().look().running().get(one()))
                .filter(facts -> !before.contains(facts.endpoint().port()))
                .isPresent();
    }

    private ForkedRun keeper() throws IOException {
        ForkedRun keeper = fork("keeper", "keep");
        await("the keeper can be called")
                .atMost(Duration.ofSeconds(20))
                .until(() -> KeeperCalls.in(state).isPresent());
        List<Integer> ports = new ArrayList<>();
        kinds().parallelStream()
                .map(kind -> calls().start(kind).endpoint().port())
                .toList()
                .forEach(ports::add);
        keeper.has(ports);
        return keeper;
    }

    private ForkedRun fork(String name, String... words) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve(name));
        List<String> flags = List.of("-Dbrokers=" + Subject.way(), "-Dworkbook.state=" + state);
        return ForkedRun.start(temporary, Map.of(), flags, List.of(words));
    }

    private KeeperCalls calls() {
        return KeeperCalls.in(state).orElseThrow();
    }

    private static BrokerKind one() {
        return kinds().get(kinds().size() - 1);
    }

    private static List<BrokerKind> kinds() {
        return Subject.providers().map(Provider::kind).toList();
    }
}
