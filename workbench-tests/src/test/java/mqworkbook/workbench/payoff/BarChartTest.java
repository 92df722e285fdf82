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

    @Test
    void a_long_label_ends_before_its_bar_and_a_long_note_has_several_lines() {
        String condition = "two milliseconds of work for each of 320 orders, 64 keys";
        PayoffTable table = new PayoffTable(
                "Order",
                List.of("events/s"),
                0,
                "events/s",
                List.of(new PayoffTable.Row(condition, "one queue for all", List.of(444.0))),
                "measured with care, ".repeat(20) + "at last");

        String svg = BarChart.svg(table);

        double bar = Double.parseDouble(svg.replaceAll("(?s).*<rect[^>]* x=\"(\\d+)\".*", "$1"));
        assertThat(bar).isGreaterThan(6 * (condition + ", one queue for all").length());
        double figure = Double.parseDouble(svg.replaceAll("(?s).*<text[^>]* x=\"(\\d+)\"[^>]*>444 events/s.*", "$1"));
        double width = Double.parseDouble(svg.replaceAll("(?s).*viewBox=\"0 0 (\\d+) .*", "$1"));
        assertThat(figure + 6 * "444 events/s".length()).isLessThan(width);
        assertThat(svg.lines().filter(line -> line.contains("measured with care")))
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(200));
    }
}
