package mqworkbook.workbench.run;

import java.io.Serializable;

/** What a judge process tells while it works. */
public sealed interface RunEvent extends Serializable {

    /**
     * A test begins.
     *
     * @param step number of its step, 0 outside of steps
     * @param test its display name
     */
    record TestStarted(int step, String test) implements RunEvent {}

    /**
     * A run is over.
     *
     * @param result what it showed
     * @param clean false when code of the answer still runs and would disturb the next answer
     */
    record RunFinished(RunResult result, boolean clean) implements RunEvent {}

    /**
     * The brokers that were asked for are ready, or cannot be had.
     *
     * @param problem one sentence with the command that mends it; empty when they are ready
     */
    record BrokersReady(String problem) implements RunEvent {}

    /** The classes have been loaded that were asked for, or the loading was broken off for a run. */
    record WarmedUp() implements RunEvent {}

    /**
     * The process is gone, in the middle of a run.
     *
     * @param exitCode as the operating system tells it
     */
    record ProcessEnded(int exitCode) implements RunEvent {}
}
