package mqworkbook.workbench.brokers.docker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImagePullTest {

    private FakeEngine fake;
    private ContainerEngine engine;

    @BeforeEach
    void startEngine() throws IOException {
        fake = new FakeEngine();
        engine = new ContainerEngine(fake.address());
    }

    @AfterEach
    void stopEngine() {
        fake.close();
    }

    @Test
    void an_image_that_arrives_is_all_there_is_to_it() {
        fake.pulls(
                "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":2},\"id\":\"abc\"}\n"
                        + "{\"status\":\"Status: Downloaded newer image for app:1.0\"}\n",
                "app:1.0");

        assertThatCode(() -> ImagePull.run(engine, "app:1.0")).doesNotThrowAnyException();
    }

    @Test
    void an_image_that_cannot_be_had_is_one_sentence_with_the_engine_s_reason() {
        fake.cannotPull("pull access denied for \\\"app\\\"");

        assertThatThrownBy(() -> ImagePull.run(engine, "app:1.0"))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("Docker cannot pull app:1.0 (pull access denied for \"app\")")
                .hasMessageContaining("docker pull app:1.0")
                .hasMessageContaining("-Dbrokers=local");
    }
}
