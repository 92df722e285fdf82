package mqworkbook.workbench.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> LESSONS = List.of("01-decoupling", "02-async", "09-retry");

    @ParameterizedTest
    @CsvSource({"01-decuopling, 01-decoupling", "decoupling, 01-decoupling", "RETRY, 09-retry", "09-rerty, 09-retry"})
    void whatIsCloseIsFound(String typed, String meant) {
        assertThat(closest(typed)).contains(meant);
    }

    @Test
    void whatIsFarIsNotSuggested() {
        assertThat(closest("transactions")).isEmpty();
        assertThat(Suggestion.closest("retry", List.<String>of(), String::toString))
                .isEmpty();
    }

    private static Optional<String> closest(String typed) {
        return Suggestion.closest(typed, LESSONS, String::toString);
    }
}
