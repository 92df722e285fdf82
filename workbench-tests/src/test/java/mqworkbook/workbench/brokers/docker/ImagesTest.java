package mqworkbook.workbench.brokers.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import mqworkbook.workbench.brokers.BrokerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

class ImagesTest {

    @AfterEach
    void usePinnedImagesAgain() {
        System.clearProperty("workbook.image.rabbitmq");
    }

    @Test
    void every_image_is_pinned_to_a_version() throws Exception {
        assertThat(pinned().values())
                .isNotEmpty()
                .allSatisfy(image -> assertThat((String) image).matches("[a-z/]+:\\d+\\.\\d+.*"));
    }

    @Test
    void a_property_puts_another_image_in_place() {
        System.setProperty("workbook.image.rabbitmq", "mirror.local/rabbitmq:4.1.4");

        assertThat(Images.of(BrokerKind.RABBITMQ)).isEqualTo("mirror.local/rabbitmq:4.1.4");
        assertThat(Images.neededFor(BrokerKind.RABBITMQ)).startsWith("mirror.local/rabbitmq:4.1.4");
    }

    /** Testcontainers has it in a class that is not public. */
    @Test
    void the_cleaner_s_image_is_the_one_that_this_testcontainers_asks_for() throws Exception {
        try (InputStream ryuk =
                GenericContainer.class.getResourceAsStream("/org/testcontainers/utility/RyukContainer.class")) {
            assertThat(new String(ryuk.readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains(List.of(pinned().getProperty("ryuk")));
        }
    }

    private static Properties pinned() throws Exception {
        try (InputStream file = Images.class.getResourceAsStream("/mqworkbook/workbench/brokers/images.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties;
        }
    }
}
