package mqworkbook.broadcasting.config;

import java.util.Objects;
import java.util.Optional;

/**
 * One setting was changed. This is a contract between whoever changes settings and every node that uses them.
 *
 * <p>As text, in UTF-8: {@code 17:feature.checkout=on}, or {@code 17:feature.checkout} where the setting was removed.
 * The version is a decimal number, the key has no {@code =} in it, and the value may be any text, empty too.
 *
 * @param version number of this change among all changes of all settings: 1, 2, 3 …
 * @param value empty when the setting was removed
 */
public record Change(long version, String key, Optional<String> value) {

    public Change {
        Objects.requireNonNull(value, "value");
        if (version < 1) {
            throw new IllegalArgumentException("Versions are counted from 1, not " + version);
        }
        if (key.isEmpty() || key.indexOf('=') >= 0) {
            throw new IllegalArgumentException("No key: \"" + key + "\"");
        }
    }

    /** The setting has this value now. */
    public static Change put(long version, String key, String value) {
        return new Change(version, key, Optional.of(value));
    }

    /** The setting is gone. */
    public static Change removed(long version, String key) {
        return new Change(version, key, Optional.empty());
    }

    /** The change as it is stored and published. */
    public String text() {
        return version + ":" + key + value.map(text -> "=" + text).orElse("");
    }

    /**
     * Reads a change.
     *
     * @throws InvalidChangeException if the text is none
     */
    public static Change parse(String text) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=', colon + 1);
        try {
            long version = Long.parseLong(text.substring(0, Math.max(0, colon)));
            return equals < 0
                    ? removed(version, text.substring(colon + 1))
                    : put(version, text.substring(colon + 1, equals), text.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            throw new InvalidChangeException(text, e);
        }
    }
}
