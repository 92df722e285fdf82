package mqworkbook.broadcasting.before;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A node before there was a broadcast: it reads all settings when it starts, and again whenever its timer fires, which
 * is once a minute. In between it goes by what it has.
 */
public final class PollingNode {

    private final Supplier<Map<String, String>> database;
    private volatile Map<String, String> settings;

    public PollingNode(Supplier<Map<String, String>> database) {
        this.database = database;
        this.settings = database.get();
    }

    /** The timer has fired. */
    public void poll() {
        settings = database.get();
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(settings.get(key));
    }
}
