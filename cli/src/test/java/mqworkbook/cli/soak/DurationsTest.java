package mqworkbook.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void theShortestTheMiddleAndTheLongestAreTold() {
        Durations durations =
                new Durations(List.of(Duration.ofMillis(3000), Duration.ofMillis(1100), Duration.ofMillis(1240)));

        assertThat(durations.summary()).isEqualTo("min 1.1 s, median 1.2 s, max 3.0 s");
    }
}
