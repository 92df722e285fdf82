package mqworkbook.workbench.run;

import mqworkbook.workbench.judge.report.LessonPrinter;
import mqworkbook.workbench.judge.report.LessonReport;
import mqworkbook.workbench.judge.report.LessonResult;
import mqworkbook.workbench.judge.report.StepResult;

/** Keeps what the learner reads about the first problem of a lesson. */
final class ProblemReport implements LessonReport {

    private String problem = "";

    /** The learner's message, in plain text; empty when there is no problem. */
    synchronized String problem() {
        return problem;
    }

    @Override
    public void started(LessonResult lesson) {
        // Nothing to tell yet.
    }

    @Override
    public void finished(StepResult step) {
        // The message comes with the whole lesson.
    }

    @Override
    public synchronized void finished(LessonResult lesson) {
        if (problem.isEmpty() && lesson.firstProblem().isPresent()) {
            problem = LessonPrinter.plain().message(lesson).strip();
        }
    }
}
