package mqworkbook.cli.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.cache.Fingerprint;

/** Compiles the learner's code at each call, and the tests only when they or what they are compiled against has changed. */
final class LessonBuild {

    private final LessonFiles lesson;
    private final LessonBench bench;
    private String tests = "";

    LessonBuild(LessonFiles lesson, LessonBench bench) {
        this.lesson = lesson;
        this.bench = bench;
    }

    /**
     * Compiles.
     *
     * @throws mqworkbook.workbench.answer.CompilationException if the learner's code does not compile, or tests find in it
     *     what they do not expect
     */
    LessonBench.Compiled compile() {
        LessonBench.Compiled answer = bench.compile("skeleton", lesson.skeleton());
        String now = stateOfTests(answer);
        if (!now.equals(tests) || !bench.hasTests()) {
            tests = "";
            bench.compileTests(answer);
            tests = now;
        }
        return answer;
    }

    private String stateOfTests(LessonBench.Compiled answer) {
        List<Path> sources =
                Stream.of(lesson.tests()).filter(Files::isDirectory).toList();
        return new Fingerprint()
                .contents(sources)
                .text(ClassShapes.of(answer.classes()))
                .toString();
    }
}
