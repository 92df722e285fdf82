package mqworkbook.workbench.judge.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
     * The file of the answer that this run judges: the properties {@code workbook.root}, {@code workbook.lesson} and {@code
     * workbook.answer} tell it; without them, in an IDE, the folder that the tests were built into. Empty where that is
     * none of the build's own.
     */
    static Optional<ResultFile> ofRun() {
        String lesson = System.getProperty("workbook.lesson", "");
        String answer = System.getProperty("workbook.answer", "");
        if (System.getProperty("workbook.root", "").isBlank() || lesson.isBlank() || answer.isBlank()) {
            return Workbook.root().flatMap(root -> ofBuild(root, rootsOfClassPath()));
        }
        return Workbook.root().map(root -> new ResultFile(new LessonFiles(root, lesson), answer));
    }

    /** Tests lie in {@code lessons/LESSON/target/ANSWER/test-classes}. */
    static Optional<ResultFile> ofBuild(Path root, List<Path> classPath) {
        return classPath.stream()
                .filter(folder -> folder.startsWith(root))
                .map(root::relativize)
                .filter(folder -> folder.getNameCount() == 5
                        && folder.startsWith("lessons")
                        && folder.getName(2).toString().equals("target")
                        && folder.endsWith("test-classes"))
                .map(folder -> new ResultFile(
                        new LessonFiles(root, folder.getName(1).toString()),
                        folder.getName(3).toString()))
                .findFirst();
    }

    /** The folders on this JVM's class path, however an IDE has shortened it. */
    private static List<Path> rootsOfClassPath() {
        try {
            List<Path> folders = new ArrayList<>();
            for (URL root : Collections.list(ClassLoader.getSystemResources(""))) {
                if (root.getProtocol().equals("file")) {
                    folders.add(Path.of(root.toURI()));
                }
            }
            return folders;
        } catch (IOException | URISyntaxException e) {
            // Then this run leaves no result, as from any other place.
            return List.of();
        }
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
