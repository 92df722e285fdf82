package mqworkbook.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalFormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "handled it 2 times, after 1,200.5 ms | handled it N times, after N ms",
                "E-375 was given to O-2 and P-146 | E-N was given to O-N ...",
                "E-1, E-2, E-35-c and E-4 are lost | E-N ... are lost",
                "missing: [P-126, P-127], extra: [] | missing: [...], extra: [...]",
                "L-47b1c: under way | L-N: under way",
                "the queue mqw-7999ed09.orders.due | the queue mqw-ID.orders.due",
                "before the broker had 6a302dbd-2e2a-4d76-8b6b-2b0cdb3c93b4 | before the broker had ID",
                "it says 2026-03-01T12:00:00.123Z | it says TIME",
                "at lessons/01-decoupling/src/main/java/a/EventCodec.java:12 | at EventCodec.java",
                "at Node.received (ConfigNode.java:136) | at Node.received (ConfigNode.java)",
                "redis://127.0.0.1:6379 | redis://N",
                "E-1 is UNKNOWN; E-2 is UNKNOWN; E-3 is UNKNOWN; and 4 more | E-N is UNKNOWN; and N more"
            })
    void whatDiffersFromRunToRunIsGone(String text, String normal) {
        assertThat(NormalForm.of(text)).isEqualTo(normal);
        assertThat(NormalForm.of(normal)).as("normal form of a normal form").isEqualTo(normal);
    }

    @Test
    void coloursAndLineBreaksAreGone() {
        assertThat(NormalForm.of("\u001b[31mnobody\u001b[0m\n   knows of it ")).isEqualTo("nobody knows of it");
    }

    @Test
    void whatTellsFaultsApartStays() {
        assertThat(NormalForm.of("basicAck before the work, or autoAck=true"))
                .isEqualTo("basicAck before the work, or autoAck=true");
    }
}
