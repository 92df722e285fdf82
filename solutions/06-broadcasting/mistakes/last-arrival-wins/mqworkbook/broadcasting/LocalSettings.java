// Mistake:   last-arrival-wins
// Wrong:     Whatever comes last is taken over, whatever its version.
// Shows as:  A late or repeated message switches a feature on again, on some nodes.
// Caught in: step 2
// Says:      "older change was applied over a newer one"
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
