package mqworkbook.cli.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.AnswerCompiler;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.run.RunRequest;

/** Compiles a lesson's tests once, and any number of answers beside them. */
public final class LessonBench {

    private final LessonFiles lesson;
    private final Path folder;
    private final AnswerCompiler compiler;
    private final String results;

    /**
     * A bench that has compiled nothing yet.
     *
     * @param folder for everything that is made; nothing else may lie there
     * @param libraries the lesson's class path
     */
    public LessonBench(LessonFiles lesson, Path folder, List<Path> libraries) {
        this(lesson, folder, libraries, folder.getFileName() + "/");
    }

    private LessonBench(LessonFiles lesson, Path folder, List<Path> libraries, String results) {
        this.lesson = lesson;
        this.folder = folder;
        this.compiler = new AnswerCompiler(libraries);
        this.results = results;
    }

    /** A bench whose results count as the learner's: the judge writes them where a build would have it write them. */
    public static LessonBench ofLearner(LessonFiles lesson, Path folder, List<Path> libraries) {
        return new LessonBench(lesson, folder, libraries, "");
    }

    /** A folder for the sources of an answer that are put together. */
    public Path sources(String name) {
        return folder.resolve(name).resolve("sources");
    }

    /**
     * Compiles the answer and the given code.
     *
     * @param name tells this answer apart from others on the bench; letters of a file name
     * @param sources its source root
     * @throws mqworkbook.workbench.answer.CompilationException if it does not compile
     */
    public Compiled compile(String name, Path sources) {
        Path classes = folder.resolve(name).resolve("classes");
        compiler.compile(List.of(sources, lesson.given()), List.of(), classes);
        return new Compiled(name, List.of(sources), classes);
    }

    /** Merges and compiles an answer. */
    public Compiled compile(String name, Answer answer) {
        answer.mergeInto(sources(name));
        return compile(name, sources(name));
    }

    /** The same for an answer from a folder, whose own files messages then name, and not their merged copies. */
    public Compiled compile(String name, Answer answer, Path folder) {
        Compiled merged = compile(name, answer);
        Path own = folder.toAbsolutePath();
        return new Compiled(name, List.of(own.resolve("src/main/java"), own, sources(name)), merged.classes());
    }

    /** Compiles the tests; any answer will do that has what they name. */
    public void compileTests(Compiled answer) {
        compiler.compile(List.of(lesson.tests()), List.of(answer.classes()), tests());
    }

    /** Whether tests have been compiled. */
    public boolean hasTests() {
        return Files.isDirectory(tests());
    }

    private Path tests() {
        return folder.resolve("test-classes");
    }

    /**
     * An answer that can be run.
     *
     * @param name as it was given
     * @param ownSources where its sources lie; of a file that is in several of them, the first holds
     * @param classes where its classes and those of the given code lie
     */
    public record Compiled(String name, List<Path> ownSources, Path classes) {}

    /** The folders of an answer and of the tests that were compiled, without the libraries. */
    public List<Path> classPath(Compiled answer) {
        return Stream.of(answer.classes(), tests(), lesson.testResources())
                .filter(Files::isDirectory)
                .toList();
    }

    /**
     * Asks for a run of the compiled tests.
     *
     * @param tags only these tests; empty for all
     * @param parameters see {@link RunRequest#parameters()}
     * @param console null for the judge's own output
     */
    public RunRequest request(Compiled answer, List<String> tags, Map<String, String> parameters, Path console) {
        List<File> classPath = classPath(answer).stream().map(Path::toFile).toList();
        Map<String, String> properties = new TreeMap<>();
        properties.put("workbook.root", lesson.root().toString());
        properties.put("workbook.lesson", lesson.name());
        properties.put("workbook.answer", results + answer.name());
        properties.put(
                "workbook.answer.sources",
                answer.ownSources().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        return new RunRequest(
                answer.name(),
                classPath,
                tests().toFile(),
                tags,
                Set.of(),
                parameters,
                properties,
                console == null ? null : console.toFile(),
                false);
    }

    /** Removes everything on the bench. */
    public void clear() {
        try {
            UserCache.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
