package mqworkbook.workbench.judge.report;

import mqworkbook.workbench.story.Story;

/**
 * What became of one test.
 *
 * @param method identifies the test method; the invocations of a parameterized test and the tests of a factory share one
 * @param name a sentence of the requirement
 * @param failure what it threw; null unless it failed
 * @param reason why it was skipped; empty unless it was
 * @param millis how long it took
 * @param story what happened meanwhile; null unless it failed and something was seen
 */
public record TestResult(
        String method, String name, State state, Throwable failure, String reason, long millis, Story story) {

    /** A result without a story. */
    public TestResult(String method, String name, State state, Throwable failure, String reason, long millis) {
        this(method, name, state, failure, reason, millis, null);
    }

    /** How a test ended. */
    public enum State {
        PASSED,
        FAILED,
        SKIPPED
    }
}
