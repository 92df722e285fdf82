package mqworkbook.workbench.judge.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mqworkbook.workbench.judge.learner.Causes;
import mqworkbook.workbench.judge.learner.LearnerCode;
import mqworkbook.workbench.judge.learner.MethodLine;
import mqworkbook.workbench.judge.learner.Workbook;

/** The places of the workbook that this run belongs to. */
final class WorkbookPlaces implements Places {

    @Override
    public List<StackTraceElement> learnerFrames(Throwable thrown) {
        LearnerCode code = LearnerCode.ofRun();
        List<Throwable> chain = Causes.of(thrown);
        // The last cause that passed through the learner's code is the one that shows where it began.
        for (int i = chain.size() - 1; i >= 0; i--) {
            List<StackTraceElement> frames = code.frames(chain.get(i).getStackTrace());
            if (!frames.isEmpty()) {
                return frames;
            }
        }
        return List.of();
    }

    @Override
    public Optional<String> line(StackTraceElement frame) {
        return LearnerCode.ofRun().file(frame.getClassName()).map(file -> shown(file, frame.getLineNumber()));
    }

    @Override
    public Optional<String> method(String method) {
        String[] parts = method.split("#", 2);
        return LearnerCode.ofRun().fileNamed(parts[0]).map(file -> {
            OptionalInt line = parts.length == 2 ? MethodLine.of(file, parts[1]) : OptionalInt.empty();
            return shown(file, line.orElse(0));
        });
    }

    @Override
    public Optional<String> hint(String lesson, int step) {
        return Workbook.lesson(lesson)
                .map(folder -> folder.resolve("hints").resolve("step-" + step + ".md"))
                .filter(Files::isRegularFile)
                .map(Workbook::shown);
    }

    @Override
    public Optional<String> story(String lesson) {
        return ResultFile.ofRun().map(kept -> "./workbook story " + lesson);
    }

    private static String shown(Path file, int line) {
        return Workbook.shown(file) + (line > 0 ? ":" + line : "");
    }
}
