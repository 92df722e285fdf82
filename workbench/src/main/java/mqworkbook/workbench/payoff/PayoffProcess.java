package mqworkbook.workbench.payoff;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Main class of the JVM that measures: prints the table, and writes the chart to the file that it is given. */
public final class PayoffProcess {

    private PayoffProcess() {}

    /** Measures what the class path has, and ends the JVM in any case: clients of the measurement may still be connected. */
    public static void main(String[] args) {
        try {
            measure(Path.of(args[0]));
        } catch (Exception | Error e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static void measure(Path chart) throws Exception {
        Payoff payoff = ServiceLoader.load(Payoff.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This lesson has nothing to measure."));
        PayoffTable table = payoff.measure();
        System.out.println();
        System.out.print(table.text());
        Files.createDirectories(chart.getParent());
        Files.writeString(chart, BarChart.svg(table));
    }
}
