package mqworkbook.workbench.judge.report;

import java.io.PrintStream;

/** Prints a lesson to the standard output, and writes its result file where this run has a place for one. */
final class ConsoleReport implements LessonReport {

    private final Places places = new WorkbookPlaces();
    private final LessonPrinter printer = new LessonPrinter(Style.ofTerminal(), places);
    private String sources = "";

    @Override
    public void started(LessonResult lesson) {
        // Now, not at the end: what is saved while the tests run is not what they judge.
        sources = ResultFile.ofRun().map(ResultFile::sources).orElse("");
        print(printer.header(lesson));
    }

    @Override
    public void finished(StepResult step) {
        print(printer.line(step));
    }

    @Override
    public void finished(LessonResult lesson) {
        print(printer.message(lesson));
        if (lesson.selection() && lesson.green()) {
            // It says nothing of the rest, which the last whole run has judged.
            return;
        }
        ResultFile.ofRun()
                .ifPresent(file -> file.write(
                        ResultJson.of(lesson, new LessonPrinter(Style.PLAIN, places).message(lesson), sources)));
    }

    private static void print(String text) {
        // Looked up each time: a run may have redirected it.
        PrintStream console = System.out;
        console.print(text);
        console.flush();
    }
}
