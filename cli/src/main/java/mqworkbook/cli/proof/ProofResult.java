package mqworkbook.cli.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mqworkbook.workbench.run.RunResult;

/**
 * What the proof found for one answer.
 *
 * @param item the answer
 * @param complaints what is wrong; empty when the judge says what it must
 * @param run what the judge said; empty results when there was no run
 * @param console the file with everything that the run printed
 */
public record ProofResult(ProofItem item, List<String> complaints, RunResult run, Path console) {

    /** An answer that could not be run. */
    static ProofResult refused(ProofItem item, String complaint, Path console) {
        return new ProofResult(item, List.of(complaint), new RunResult(List.of(), "", Duration.ZERO, ""), console);
    }

    /** Whether the judge says what it must. */
    public boolean proven() {
        return complaints.isEmpty();
    }

    /** What the judge said, in a few words. */
    public String summary() {
        if (run.tests().isEmpty()) {
            return "not judged";
        }
        return run.firstFailure()
                .map(test -> "red in step %d, \"%s\"".formatted(test.step(), test.name()))
                .orElseGet(() -> "green, %d tests%s".formatted(run.passed(), skipped()));
    }

    private String skipped() {
        long skipped = run.tests().size() - run.passed();
        return skipped == 0 ? "" : ", " + skipped + " skipped";
    }
}
