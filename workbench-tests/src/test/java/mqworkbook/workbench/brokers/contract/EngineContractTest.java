package mqworkbook.workbench.brokers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.FakeEngine;
import mqworkbook.workbench.brokers.docker.Images;
import mqworkbook.workbench.brokers.process.FreePorts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines that hang, have no images or no network: quickly another way, or one message with the way out. */
@Tag("contract")
@Timeout(240)
class EngineContractTest {

    /** It is asked once for all kinds, for 0.8 s; the rest is for a busy machine. */
    private static final int WAITED_FOR_MILLIS = 2_000;

    private static final String NO_SUCH_HOST = "dial tcp: lookup registry-1.docker.io: no such host";

    @TempDir
    private Path folder;

    static Stream<Provider> providers() {
        return Subject.providers();
    }

    @Test
    void an_engine_that_hangs_is_passed_over_within_seconds_with_one_line_why() throws Exception {
        try (SilentEngine engine = new SilentEngine(folder.resolve("hanging.sock"))) {
            assertThat(run("choose", socket(), "").all(RunMain.CHOSEN))
                    .containsExactlyElementsOf(each("%1$s as a local process (no Docker engine answers here)"));
            await("it is asked once").until(() -> engine.patienceOfClients().size() == 1);
            assertThat(engine.patienceOfClients().get(0)).isLessThan(WAITED_FOR_MILLIS);
        }
    }

    @Test
    void an_engine_that_hangs_and_is_forced_is_one_clear_message() throws Exception {
        try (SilentEngine engine = new SilentEngine(folder.resolve("hanging.sock"))) {
            assertThat(run("require", socket(), "docker").all(RunMain.PROBLEM))
                    .containsExactlyElementsOf(each("-Dbrokers=docker, but no Docker engine answers at " + socket()
                            + ": start Docker, or run with -Dbrokers=local"));
            assertThat(engine.patienceOfClients())
                    .allSatisfy(millis -> assertThat(millis).isLessThan(WAITED_FOR_MILLIS));
        }
    }

    @Test
    void an_engine_without_images_is_passed_over_with_one_line_why() throws Exception {
        try (FakeEngine engine = new FakeEngine()) {
            assertThat(run("choose", engine.address().toString(), "").all(RunMain.CHOSEN))
                    .containsExactlyElementsOf(each("%1$s as a local process (Docker answers, but has no image %2$s)"));
        }
    }

    @Test
    void an_engine_without_images_and_network_that_is_forced_is_one_clear_message() throws Exception {
        try (FakeEngine engine = new FakeEngine()) {
            engine.cannotPull(NO_SUCH_HOST);

            assertThat(run("require", engine.address().toString(), "docker").all(RunMain.PROBLEM))
                    .containsExactlyElementsOf(each("Docker cannot pull %2$s (" + NO_SUCH_HOST
                            + "): try \"docker pull %2$s\", or run with -Dbrokers=local to do without Docker"));
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void a_missing_image_of_a_real_engine_is_one_clear_message(Provider provider) {
        assumeTrue(Subject.way() == Way.DOCKER, "no engine is asked for");
        String setting = "workbook.image." + provider.kind().name().toLowerCase(Locale.ROOT);
        String before = System.setProperty(setting, "127.0.0.1:1/no-such-image:0.0");
        try (Broker broker = provider.container(ContainerEngine.detect().orElseThrow(), FreePorts::next)) {
            assertThatThrownBy(broker::start)
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageStartingWith("Docker cannot pull 127.0.0.1:1/no-such-image:0.0 (")
                    .hasMessageEndingWith("): try \"docker pull 127.0.0.1:1/no-such-image:0.0\", or run with"
                            + " -Dbrokers=local to do without Docker");
        } finally {
            if (before == null) {
                System.clearProperty(setting);
            } else {
                System.setProperty(setting, before);
            }
        }
    }

    private String socket() {
        return "unix://" + folder.resolve("hanging.sock");
    }

    private ForkedRun run(String what, String engine, String way) throws IOException {
        List<String> words = new ArrayList<>(List.of(what));
        providers().map(Provider::kind).map(BrokerKind::name).forEach(words::add);
        // A home of its own: no settings of Testcontainers.
        List<String> flags = List.of("-Dbrokers=" + way, "-Duser.home=" + folder);
        return ForkedRun.start(folder, Map.of("DOCKER_HOST", engine, "MQ_WORKBOOK_BROKERS", ""), flags, words);
    }

    /** A line for each kind, with its name and image put in. */
    private static List<String> each(String format) {
        return providers()
                .map(provider -> format.formatted(provider.kind().displayName(), Images.of(provider.kind())))
                .toList();
    }
}
