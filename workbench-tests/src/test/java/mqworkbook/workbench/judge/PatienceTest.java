package mqworkbook.workbench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @ParameterizedTest(name = "a load of {0} for each core: {1} s")
    @CsvSource({"0, 10", "1, 10", "2, 10", "2.9, 10", "3, 20", "6, 30", "8, 40", "50, 40"})
    void aBusyMachineHasLonger(double load, int seconds) {
        assertThat(Patience.stretched(LIMIT, load)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void whereTheLoadIsNotKnownNothingIsStretched() {
        assertThat(Patience.stretched(LIMIT, -0.5)).isEqualTo(LIMIT);
    }

    @Test
    void theMachinesOwnLoadNeverShortens() {
        assertThat(Patience.stretched(LIMIT)).isBetween(LIMIT, LIMIT.multipliedBy(4));
    }
}
