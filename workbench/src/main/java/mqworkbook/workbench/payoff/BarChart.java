package mqworkbook.workbench.payoff;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import mqworkbook.workbench.judge.report.Wrap;

/** Draws the charted column of a table as horizontal bars: one SVG, readable in light and dark, without scripts. */
public final class BarChart {

    private static final int BARS = 380;
    /** Columns of text for each letter, about: the font is the reader's. */
    private static final double LETTER = 7;

    private static final int NOTE_LINE = 18;
    private static final int BAR = 22;
    private static final int STEP = 30;
    private static final int TOP = 64;

    private BarChart() {}

    /**
     * The chart as an SVG document. Where the figures span more than a factor of 50 the scale is logarithmic, and says so. A
     * row that has no figure in the charted column has no bar.
     */
    public static String svg(PayoffTable table) {
        List<PayoffTable.Row> rows = table.rows().stream()
                .filter(row -> !Double.isNaN(value(table, row)))
                .toList();
        double max = rows.stream().mapToDouble(row -> value(table, row)).max().orElse(1);
        double min = rows.stream()
                .mapToDouble(row -> value(table, row))
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        boolean logarithmic = max / min > 50;
        int labels = 24 + (int) (LETTER * longest(rows, BarChart::label));
        int values = 20 + (int) (LETTER * longest(rows, row -> figure(table, row)));
        int width = labels + BARS + values;
        List<String> note = Wrap.lines(table.note(), (int) ((width - 24) / LETTER));
        int height = TOP + rows.size() * STEP + 18 + note.size() * NOTE_LINE;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                width,
                height,
                escaped(table.title())));
        svg.append("""
                <style>
                  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
                  .title { font-weight: 600; font-size: 15px }
                  .before { fill: #b3541e } .after { fill: #1a6fb5 }
                  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .before { fill: #e08a52 } .after { fill: #5aa9e6 } }
                </style>
                """);
        text(svg, 12, 26, "title", table.title());
        text(
                svg,
                12,
                48,
                "",
                table.columns().get(table.charted()) + " in " + table.unit() + (logarithmic ? ", logarithmic" : ""));
        String first = rows.isEmpty() ? "" : rows.get(0).design();
        for (int i = 0; i < rows.size(); i++) {
            PayoffTable.Row row = rows.get(i);
            double value = value(table, row);
            double share = logarithmic ? Math.log(value / min * 2) / Math.log(max / min * 2) : value / max;
            double length = Math.max(2, share * BARS);
            int y = TOP + i * STEP;
            text(svg, 12, y + 16, "", label(row));
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\"/>%n",
                    row.design().equals(first) ? "before" : "after",
                    labels,
                    y,
                    length,
                    BAR));
            text(svg, labels + length + 8, y + 16, "", figure(table, row));
        }
        for (int i = 0; i < note.size(); i++) {
            text(svg, 12, TOP + rows.size() * STEP + 18 + i * NOTE_LINE, "", note.get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static int longest(List<PayoffTable.Row> rows, Function<PayoffTable.Row, String> text) {
        return rows.stream().mapToInt(row -> text.apply(row).length()).max().orElse(0);
    }

    private static String figure(PayoffTable table, PayoffTable.Row row) {
        return PayoffTable.figure(value(table, row)) + " " + table.unit();
    }

    private static String label(PayoffTable.Row row) {
        return row.condition() + ", " + row.design();
    }

    private static double value(PayoffTable table, PayoffTable.Row row) {
        return row.figures().get(table.charted());
    }

    private static void text(StringBuilder svg, double x, double y, String style, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.0f\" y=\"%.0f\">%s</text>%n", style, x, y, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
