package mqworkbook.workbench.payoff;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Main class of the JVM that measures: prints the table, and writes the chart to the file that it is given. */
public final class PayoffProcess {

    private PayoffProcess() {}

    /** Measures what the class path has, and ends the JVM: clients of the measurement may still be connected. */
    public static void main(String[] args) throws Exception {
        Payoff payoff = ServiceLoader.load(Payoff.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("This lesson has nothing to measure."));
        PayoffTable table = payoff.measure();
        System.out.println();
        System.out.print(table.text());
        Path chart = Path.of(args[0]);
        Files.createDirectories(chart.getParent());
        Files.writeString(chart, BarChart.svg(table));
        System.exit(0);
    }
}
