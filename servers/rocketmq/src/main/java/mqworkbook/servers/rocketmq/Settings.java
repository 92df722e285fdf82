package mqworkbook.servers.rocketmq;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.rocketmq.common.MixAll;

/**
 * Settings under the names that RocketMQ's own configuration files use. RocketMQ ignores a name that it does not know;
 * here it is an error.
 */
final class Settings {

    private final Properties properties;
    private final Set<String> unused;

    private Settings(Properties properties) {
        this.properties = properties;
        this.unused = new TreeSet<>(properties.stringPropertyNames());
    }

    static Settings read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Settings(properties);
    }

    /** Hands those to it that it has setters for. */
    void applyTo(Object config) {
        MixAll.properties2Object(properties, config);
        unused.removeAll(MixAll.object2Properties(config).stringPropertyNames());
    }

    /** Throws when one was meant for nobody, as after a slip of the pen. */
    void requireAllUsed() {
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("RocketMQ has no such settings: " + unused);
        }
    }

    String nameServerAddress() {
        return properties.getProperty("namesrvAddr");
    }

    int nameServerPort() {
        return Integer.parseInt(nameServerAddress().replaceFirst(".*:", ""));
    }
}
