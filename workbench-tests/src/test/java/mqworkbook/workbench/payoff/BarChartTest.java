package mqworkbook.workbench.payoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {

    @Test
    void a_row_without_a_figure_in_the_charted_column_has_no_bar() {
        PayoffTable table = new PayoffTable(
                "A spike",
                List.of("connections", "decisions/s"),
                0,
                "connections",
                List.of(
                        new PayoffTable.Row("the spike", "direct", List.of(60.0, Double.NaN)),
                        new PayoffTable.Row("the spike", "buffered", List.of(8.0, Double.NaN)),
                        new PayoffTable.Row("admission alone", "bare", List.of(Double.NaN, 40_000.0))),
                "as measured");

        assertThat(BarChart.svg(table))
                .contains("the spike, direct", "the spike, buffered")
                .doesNotContain("admission alone", "NaN");
    }
}
