package mqworkbook.workbench.wire.kafka;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;

/** Names of topics by their ids, which no two topics share; newer requests tell ids only. */
final class TopicNames {

    /** Far beyond any lesson; what comes later keeps its id for a name. */
    private static final int MOST = 100_000;

    private final Map<Uuid, String> names = new ConcurrentHashMap<>();

    void learn(Uuid id, String name) {
        if (name != null && !name.isEmpty() && !Uuid.ZERO_UUID.equals(id) && names.size() < MOST) {
            names.put(id, name);
        }
    }

    /** The name as told, else by the id, else the id itself. */
    String of(String name, Uuid id) {
        return name == null || name.isEmpty() ? names.getOrDefault(id, id.toString()) : name;
    }
}
