package mqworkbook.workbench.brokers.contract;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.guard.Guard;
import mqworkbook.workbench.brokers.kept.Keeper;
import mqworkbook.workbench.judge.learner.Workbook;

/**
 * The main class of a run that tests end in all ways. {@code choose KIND...} tells what would be chosen, {@code start
 * KIND...} starts brokers and holds them until a line arrives on its input, which is an ordinary exit. {@code keep} is
 * the keeper of the state folder.
 */
final class RunMain {

    static final String RUN = "run ";
    static final String CHOSEN = "chosen ";
    static final String PORT = "port ";
    static final String PROBLEM = "problem ";
    static final String DONE = "done";

    private RunMain() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        System.out.println(RUN + Guard.forRun().runId());
        if (words[0].equals("keep")) {
            Keeper.main(new String[] {Workbook.state().orElseThrow().toString(), "PT10M"});
        }
        List<BrokerKind> kinds =
                Stream.of(words).skip(1).map(BrokerKind::valueOf).toList();
        if (words[0].equals("choose")) {
            kinds.forEach(RunMain::choose);
        } else {
            Brokers.forRun().startInBackground(kinds.toArray(BrokerKind[]::new));
            kinds.forEach(RunMain::require);
        }
        System.out.println(DONE);
        if (words[0].equals("start") && System.in.read() >= 0) {
            System.exit(0);
        }
    }

    private static void choose(BrokerKind kind) {
        System.out.println(CHOSEN + Brokers.forRun().choice(kind).describe());
    }

    private static void require(BrokerKind kind) {
        try {
            System.out.println(PORT + Brokers.forRun().require(kind).endpoint().port());
        } catch (BrokerUnavailableException e) {
            System.out.println(PROBLEM + e.getMessage());
        }
    }
}
