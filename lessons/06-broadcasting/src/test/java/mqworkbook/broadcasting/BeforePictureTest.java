package mqworkbook.broadcasting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.broadcasting.before.PollingNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts without a broadcast. These tests pass: they describe the problem. */
@DisplayName("Before: every node asks the database, once a minute")
class BeforePictureTest {

    private final Map<String, String> database = new ConcurrentHashMap<>(Map.of("feature.checkout", "on"));
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    @DisplayName("a feature is switched off, and for a minute half of the fleet goes on with it")
    void theFleetIsDivided() {
        PollingNode one = node();
        PollingNode other = node();

        database.put("feature.checkout", "off");
        one.poll();

        assertThat(one.value("feature.checkout")).contains("off");
        assertThat(other.value("feature.checkout")).contains("on");
        other.poll();
        assertThat(other.value("feature.checkout")).contains("off");
    }

    @Test
    @DisplayName("what is switched on and off between two polls, some nodes saw, and others never will")
    void changesAreMissed() {
        PollingNode one = node();
        PollingNode other = node();

        database.put("user.4711", "blocked");
        one.poll();
        assertThat(one.value("user.4711")).contains("blocked");
        database.remove("user.4711");
        other.poll();

        assertThat(other.value("user.4711")).isEmpty();
        assertThat(one.value("user.4711")).contains("blocked");
    }

    @Test
    @DisplayName("nothing changes for an hour, and a hundred nodes have read everything 6000 times")
    void askingCostsEvenWhenNothingChanges() {
        for (int node = 0; node < 100; node++) {
            PollingNode polling = node();
            for (int minute = 0; minute < 60; minute++) {
                polling.poll();
            }
        }

        assertThat(reads).hasValue(100 + 100 * 60);
    }

    private PollingNode node() {
        return new PollingNode(() -> {
            reads.incrementAndGet();
            return Map.copyOf(database);
        });
    }
}
