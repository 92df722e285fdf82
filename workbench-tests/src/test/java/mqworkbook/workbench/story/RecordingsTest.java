package mqworkbook.workbench.story;

import static org.assertj.core.api.Assertions.assertThat;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.history.History;
import org.junit.jupiter.api.Test;

class RecordingsTest {

    @Test
    void onlyWhatWasClosedSinceThenIsGivenTheOldestFirst() {
        begin("before").close();
        long began = System.nanoTime();
        begin("one").close();
        begin("two").close();
        Recording open = begin("open");

        assertThat(Recordings.closedSince(began)).extracting(Recording::prefix).containsExactly("one", "two");
        assertThat(Recordings.since(began)).extracting(Recording::prefix).contains("one", "two", "open");
        open.close();
    }

    @Test
    void theOldestAreForgotten() {
        long began = System.nanoTime();
        for (int number = 1; number <= 30; number++) {
            begin("number " + number).close();
        }

        assertThat(Recordings.closedSince(began))
                .extracting(Recording::prefix)
                .hasSize(20)
                .startsWith("number 11")
                .endsWith("number 30");
    }

    private static Recording begin(String prefix) {
        return Recordings.begin(prefix, BrokerKind.RABBITMQ, new History());
    }
}
