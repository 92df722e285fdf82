package mqworkbook.workbench.judge.report;

/**
 * What became of one test.
 *
 * @param method identifies the test method; the invocations of a parameterized test and the tests of a factory share one
 * @param name a sentence of the requirement
 * @param failure what it threw; null unless it failed
 * @param reason why it was skipped; empty unless it was
 * @param millis how long it took
 */
public record TestResult(String method, String name, State state, Throwable failure, String reason, long millis) {

    /** How a test ended. */
    public enum State {
        PASSED,
        FAILED,
        SKIPPED
    }
}
