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
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Providers;
import mqworkbook.workbench.brokers.Way;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs in JVMs of their own, side by side, that end in every way there is: nothing of them is left. */
@Tag("contract")
@Timeout(240)
class RunEndContractTest {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    @BeforeAll
    static void prepare() {
        Subject.onlyOurs();
        // Once, and not by every run.
        if (Subject.way() == Way.LOCAL) {
            Providers.all().forEach(Provider::prepareLocal);
        }
    }

    static Stream<BrokerKind> kinds() {
        return Providers.all().stream().map(Provider::kind);
    }

    @Test
    void a_killed_run_leaves_nothing_and_its_neighbour_alone_which_leaves_nothing_when_it_exits() throws Exception {
        try (ForkedRun killed = fork("killed", kinds());
                ForkedRun neighbour = fork("neighbour", kinds())) {
            killed.ready();
            neighbour.ready();
            assertThat(killed.ports()).doesNotContainAnyElementsOf(neighbour.ports());

            killed.kill();

            killed.assertNothingIsLeft();
            assertThat(neighbour.isAlive()).isTrue();
            assertThat(neighbour.ports()).hasSize((int) kinds().count()).noneMatch(ForkedRun::isFree);

            neighbour.exit();

            neighbour.assertNothingIsLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_run_killed_while_its_broker_starts_leaves_nothing(BrokerKind kind) throws Exception {
        try (ForkedRun run = fork("run", Stream.of(kind))) {
            await("the broker has begun to start")
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(5))
                    .until(run::isStarting);

            run.kill();

            run.assertNothingIsLeft();
        }
    }

    @Test
    void without_a_guardian_servers_end_by_themselves() throws Exception {
        Subject.onlyLocal("the engine does not know of runs");
        try (ForkedRun run = fork("run", kinds())) {
            run.ready();
            run.guardian().destroyForcibly();

            run.kill();

            run.assertServersEnd();
        }
    }

    @Test
    void a_guardian_that_is_told_to_end_clears_first() throws Exception {
        try (ForkedRun run = fork("run", kinds())) {
            run.ready();

            run.guardian().destroy();

            run.assertNothingIsLeft();
            assertThat(run.isAlive()).isTrue();
        }
    }

    private ForkedRun fork(String name, Stream<BrokerKind> kinds) throws IOException {
        Path temporary = Files.createDirectory(folder.resolve(name));
        List<String> words = new ArrayList<>(List.of("start"));
        kinds.map(BrokerKind::name).forEach(words::add);
        return ForkedRun.start(temporary, Map.of(), List.of("-Dbrokers=" + Subject.way()), words);
    }
}
