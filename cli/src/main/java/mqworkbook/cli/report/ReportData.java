package mqworkbook.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.LessonList;
import mqworkbook.cli.learner.Progress;
import mqworkbook.cli.proof.Matrix;
import mqworkbook.cli.story.RunResultFile;
import mqworkbook.workbench.answer.LessonFiles;

/**
 * All that the page shows.
 *
 * @param lessons in their order
 * @param matrix of the last proof; empty where there was none
 * @param unreadable files that are there and cannot be understood, as they are told to the learner
 */
record ReportData(List<Lesson> lessons, List<Matrix.Row> matrix, List<String> unreadable) {

    /**
     * One lesson.
     *
     * @param state not begun, not run, begun, done
     * @param reds the newest run of the learner's own code, and the newest of another answer where that came later; of both
     *     only those in which something was wrong
     * @param practice its best practices; may be empty
     */
    record Lesson(Progress progress, String state, List<RunResultFile> reds, Optional<Chart> chart, String practice) {

        String number() {
            return progress.lesson().name().substring(0, 2);
        }
    }

    static ReportData of(Workspace workspace) {
        List<Progress> all = Progress.all(workspace);
        LessonList list = new LessonList(all, new Git(workspace.root()), Terminal.silent());
        Map<String, String> practices = Practices.of(workspace.root().resolve("README.md"));
        List<String> unreadable = new ArrayList<>();
        List<Lesson> lessons = new ArrayList<>();
        for (Progress progress : all) {
            LessonFiles files = progress.lesson();
            lessons.add(new Lesson(
                    progress,
                    list.state(progress),
                    reds(workspace, files, unreadable),
                    Chart.of(files.folder().resolve("target/payoff/payoff.svg")),
                    practices.getOrDefault(files.name().substring(0, 2), "")));
        }
        Path matrix = workspace.root().resolve("target/verify/matrix.json");
        return new ReportData(lessons, matrix(workspace, matrix, unreadable), unreadable);
    }

    private static List<RunResultFile> reds(Workspace workspace, LessonFiles lesson, List<String> unreadable) {
        List<RunResultFile> reds = new ArrayList<>();
        boolean other = false;
        for (Path file : RunResultFile.files(lesson)) {
            Optional<RunResultFile> result = RunResultFile.read(lesson, file);
            if (result.isEmpty()) {
                unreadable.add(workspace.display(file));
                continue;
            }
            boolean own = result.get().isOwn();
            if ((own || !other) && !result.get().wrong().isEmpty()) {
                reds.add(result.get());
            }
            other = true;
            if (own) {
                break;
            }
        }
        return reds;
    }

    private static List<Matrix.Row> matrix(Workspace workspace, Path file, List<String> unreadable) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return List.of(new ObjectMapper().readValue(file.toFile(), Matrix.Row[].class));
        } catch (IOException e) {
            unreadable.add(workspace.display(file));
            return List.of();
        }
    }
}
