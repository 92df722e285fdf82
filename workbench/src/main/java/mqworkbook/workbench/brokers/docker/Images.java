package mqworkbook.workbench.brokers.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerKind;

/**
 * The images that containers are made of, pinned in the resource {@code mqworkbook/workbench/brokers/images.properties};
 * {@code -Dworkbook.image.rabbitmq=NAME} puts another in one's place.
 */
public final class Images {

    private static final String RESOURCE = "/mqworkbook/workbench/brokers/images.properties";
    private static final Properties PINNED = load();

    private Images() {}

    /** The image of a broker, with its tag. */
    public static String of(BrokerKind kind) {
        String key = kind.name().toLowerCase(Locale.ROOT);
        return System.getProperty("workbook.image." + key, PINNED.getProperty(key));
    }

    /**
     * All images that must be present to start a container without pulling: the broker's, and that of Testcontainers'
     * own cleaner (Ryuk) unless {@code TESTCONTAINERS_RYUK_DISABLED=true} is set; the guardian does that work anyway.
     */
    public static Stream<String> neededFor(BrokerKind kind) {
        return withRyuk() ? Stream.of(of(kind), ryuk()) : Stream.of(of(kind));
    }

    /** The image of Testcontainers' own cleaner. */
    public static String ryuk() {
        return PINNED.getProperty("ryuk");
    }

    /** Whether Testcontainers starts its own cleaner beside every container; it asks the environment only. */
    public static boolean withRyuk() {
        return !Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
    }

    private static Properties load() {
        try (InputStream stream = Images.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            properties.load(stream);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
