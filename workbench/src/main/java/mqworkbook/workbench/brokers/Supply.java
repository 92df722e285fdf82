package mqworkbook.workbench.brokers;

import java.util.Optional;

/**
 * Something that a local process is made of, fetched or made once.
 *
 * @param name what it is: {@code class-data archive}
 * @param found which or where; empty when it is not there yet
 */
public record Supply(String name, Optional<String> found) {

    public static Supply there(String name, String found) {
        return new Supply(name, Optional.of(found));
    }

    public static Supply missing(String name) {
        return new Supply(name, Optional.empty());
    }
}
