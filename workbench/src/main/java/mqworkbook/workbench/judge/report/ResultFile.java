package mqworkbook.workbench.judge.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.SkeletonState;
import mqworkbook.workbench.files.WholeFile;
import mqworkbook.workbench.judge.learner.Workbook;

/** The file that holds an answer's last result: {@code lessons/LESSON/target/ANSWER/workbook-result.json}. */
final class ResultFile {

    private final Path file;
    private final LessonFiles lesson;

    ResultFile(LessonFiles lesson, String answer) {
        this.file = lesson.result(answer);
        this.lesson = lesson;
    }

    /**
     * The file of the answer that this run judges; empty where the properties {@code workbook.root}, {@code
     * workbook.lesson} and {@code workbook.answer} do not tell it (in an IDE).
     */
    static Optional<ResultFile> ofRun() {
        String lesson = System.getProperty("workbook.lesson", "");
        String answer = System.getProperty("workbook.answer", "");
        if (System.getProperty("workbook.root", "").isBlank() || lesson.isBlank() || answer.isBlank()) {
            return Optional.empty();
        }
        return Workbook.root().map(root -> new ResultFile(new LessonFiles(root, lesson), answer));
    }

    /** What the learner's files are now, as a fingerprint. */
    String sources() {
        return SkeletonState.of(lesson);
    }

    /** Replaces the file as a whole: whoever reads it meanwhile sees the old result or the new one. */
    void write(String json) {
        try {
            WholeFile.write(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException("The result could not be written to " + file, e);
        }
    }
}
