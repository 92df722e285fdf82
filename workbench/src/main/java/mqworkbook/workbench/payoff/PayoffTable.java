package mqworkbook.workbench.payoff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of figures: before and after for each condition.
 *
 * @param title what was measured
 * @param columns names of the figures
 * @param charted which column the chart shows, from 0
 * @param unit unit of the charted column
 * @param rows one for each condition and design
 * @param note how it was measured, in one sentence
 */
public record PayoffTable(String title, List<String> columns, int charted, String unit, List<Row> rows, String note) {

    /**
     * One line of the table.
     *
     * @param condition under which it was measured
     * @param design {@code before} or {@code after}, in the lesson's words
     * @param figures one for each column; {@code NaN} where there is none
     */
    public record Row(String condition, String design, List<Double> figures) {

        public Row {
            figures = List.copyOf(figures);
        }
    }

    public PayoffTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** The table for a terminal. */
    public String text() {
        List<List<String>> cells = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", ""));
        head.addAll(columns);
        cells.add(head);
        String previous = "";
        for (Row row : rows) {
            List<String> line = new ArrayList<>();
            line.add(row.condition().equals(previous) ? "" : row.condition());
            line.add(row.design());
            row.figures().forEach(figure -> line.add(figure(figure)));
            cells.add(line);
            previous = row.condition();
        }
        StringBuilder text = new StringBuilder(title).append("\n\n");
        for (List<String> line : cells) {
            StringBuilder out = new StringBuilder("  ");
            for (int column = 0; column < line.size(); column++) {
                int width = width(cells, column);
                out.append(String.format(column < 2 ? "%-" + width + "s  " : "%" + width + "s  ", line.get(column)));
            }
            text.append(out.toString().stripTrailing()).append('\n');
        }
        return text.append('\n').append(note).append('\n').toString();
    }

    static String figure(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    private static int width(List<List<String>> cells, int column) {
        return cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(1);
    }
}
