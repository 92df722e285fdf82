package mqworkbook.cli;

import java.nio.file.Path;
import java.util.Optional;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.LessonFiles;
import picocli.CommandLine.Option;

/** Which answer is judged; without one of these options, the learner's own code. */
final class AnswerOptions {

    @Option(
            names = "--answer",
            paramLabel = "FOLDER",
            description = "The code in this folder. Below solutions/ it is laid over the reference, elsewhere over the"
                    + " lesson's skeleton.")
    private Path folder;

    @Option(names = "--over", paramLabel = "BASE", description = "Lay the folder over this: skeleton or reference.")
    private Answer.Base over;

    @Option(names = "--solutions", description = "The reference.")
    private boolean solutions;

    /** The code in this folder, without a command line. */
    static AnswerOptions of(Path folder) {
        AnswerOptions options = new AnswerOptions();
        options.folder = folder;
        return options;
    }

    /** Whether it is the learner's own code. */
    boolean isLearners() {
        return folder == null && !solutions;
    }

    /** The name under which its result is kept. */
    String name() {
        if (folder != null) {
            return "answer";
        }
        return solutions ? "solutions" : "skeleton";
    }

    /** Compiles it, and the lesson's tests. The learner's files stay where they are, so that messages name them. */
    LessonBench.Compiled compile(LessonBench bench, LessonFiles lesson) {
        LessonBench.Compiled compiled = compileAnswer(bench, lesson);
        bench.compileTests(compiled);
        return compiled;
    }

    private LessonBench.Compiled compileAnswer(LessonBench bench, LessonFiles lesson) {
        if (folder != null) {
            return bench.compile(name(), Answer.at(lesson, folder, Optional.ofNullable(over)), folder);
        }
        return bench.compile(name(), solutions ? lesson.reference() : lesson.skeleton());
    }
}
