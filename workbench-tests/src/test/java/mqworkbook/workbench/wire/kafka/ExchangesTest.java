package mqworkbook.workbench.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;

class ExchangesTest {

    private final Exchanges exchanges = new Exchanges();

    @Test
    void anExchangeEndsOnce() {
        Exchanges.Exchange begun = begin(1);
        assertThat(exchanges.end(1)).isSameAs(begun);
        assertThat(exchanges.end(1)).isNull();
    }

    @Test
    void whatWasAskedAfterTheDroppedOneIsLostWhatWasAskedBeforeIsNot() {
        Exchanges.Exchange before = begin(1);
        Exchanges.Exchange dropped = begin(2);
        Exchanges.Exchange after = begin(3);
        assertThat(exchanges.isLost(after)).isFalse();
        exchanges.dropped(dropped);
        assertThat(exchanges.isLost(before)).isFalse();
        assertThat(exchanges.isLost(after)).isTrue();
        assertThat(exchanges.isLost(begin(4))).isTrue();
    }

    @Test
    void theFirstDroppedCounts() {
        Exchanges.Exchange first = begin(1);
        Exchanges.Exchange second = begin(2);
        Exchanges.Exchange third = begin(3);
        exchanges.dropped(third);
        exchanges.dropped(first);
        assertThat(exchanges.isLost(second)).isTrue();
    }

    @Test
    void whoNeverGetsAnswersDoesNotFillTheMemory() {
        for (int id = 0; id < 20_000; id++) {
            begin(id);
        }
        assertThat(exchanges.end(0)).isNull();
        assertThat(exchanges.end(19_999)).isNotNull();
    }

    private Exchanges.Exchange begin(int correlationId) {
        return exchanges.begin(
                new RequestHeader(ApiKeys.HEARTBEAT, (short) 4, "c", correlationId), new Facts(new TopicNames()));
    }
}
