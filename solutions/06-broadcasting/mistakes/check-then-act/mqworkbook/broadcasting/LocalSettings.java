// Mistake:   check-then-act
// Wrong:     Look, compare and put are three steps, and another thread comes in between.
// Shows as:  A message and a re-read of the store meet, and one node in a hundred keeps the old value for good.
// Caught in: step 2
// Says:      "the older has overwritten the newer"
package mqworkbook.broadcasting;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mqworkbook.broadcasting.config.Change;

/** The settings of one node, in memory. Any thread may read and apply. */
public final class LocalSettings {

    // The last change of each key, those that removed it too.
    private final Map<String, Change> latest = new ConcurrentHashMap<>();

    /**
     * Takes a change over, unless it is old news. Changes come late, twice, and in any order.
     *
     * @return whether it was news
     */
    public boolean apply(Change change) {
        if (change.version() <= version(change.key())) {
            return false;
        }
        latest.put(change.key(), change);
        return true;
    }

    /** What the setting is on this node; empty if there is none. */
    public Optional<String> value(String key) {
        Change change = latest.get(key);
        return change == null ? Optional.empty() : change.value();
    }

    /** The version of the setting's last change here, its removal too; 0 if none is known. */
    public long version(String key) {
        Change change = latest.get(key);
        return change == null ? 0 : change.version();
    }
}
