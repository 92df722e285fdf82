package mqworkbook.workbench.judge.report;

/** Is told of a lesson while it runs. Calls come one at a time, from the thread that runs the tests. */
public interface LessonReport {

    /** A lesson begins. */
    void started(LessonResult lesson);

    /** A step is over, or was passed over. */
    void finished(StepResult step);

    /** All tests of the run are over. */
    void finished(LessonResult lesson);
}
