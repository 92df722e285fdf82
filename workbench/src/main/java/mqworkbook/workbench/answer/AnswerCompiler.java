package mqworkbook.workbench.answer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Compiles whole source roots in this JVM, with the options of the lessons' build. Safe for use by many threads. */
public final class AnswerCompiler {

    private static final List<String> OPTIONS =
            List.of("--release", "17", "-encoding", "UTF-8", "-g", "-parameters", "-proc:none", "-nowarn");

    private final List<Path> libraries;

    /**
     * A compiler for one lesson.
     *
     * @param libraries jars and class folders that every answer may use
     */
    public AnswerCompiler(List<Path> libraries) {
        this.libraries = List.copyOf(libraries);
    }

    /**
     * Compiles all Java files below the source roots.
     *
     * @param sourceRoots folders; those that do not exist are left out
     * @param others class folders that come before the libraries
     * @param classes where class files go; created, and emptied of class files of vanished sources
     * @throws CompilationException with the first error: its file, line and text
     */
    public void compile(List<Path> sourceRoots, List<Path> others, Path classes) {
        List<Path> sources =
                sourceRoots.stream().flatMap(AnswerCompiler::javaFiles).toList();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler compiler = JavaSource.compiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            Folders.empty(classes);
            String classPath = Stream.concat(others.stream(), libraries.stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            List<String> options = Stream.concat(
                            OPTIONS.stream(), Stream.of("-d", classes.toString(), "-classpath", classPath))
                    .toList();
            boolean done = sources.isEmpty()
                    || compiler.getTask(
                                    null,
                                    manager,
                                    diagnostics,
                                    options,
                                    null,
                                    manager.getJavaFileObjectsFromPaths(sources))
                            .call();
            if (!done) {
                throw new CompilationException(firstError(diagnostics.getDiagnostics()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path root) {
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(root)) {
            // An editor's lock (.#File.java) is a file of that name too.
            return files
                    .filter(file -> file.toString().endsWith(".java")
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstError(Collection<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<Diagnostic<? extends JavaFileObject>> errors = diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return "It does not compile, and the compiler does not say why.";
        }
        Diagnostic<? extends JavaFileObject> first = errors.get(0);
        String where = first.getSource() == null
                ? ""
                : Path.of(first.getSource().toUri()) + ":" + first.getLineNumber() + ": ";
        String more = errors.size() == 1 ? "" : " (and %d more)".formatted(errors.size() - 1);
        return "It does not compile: " + where + first.getMessage(Locale.ENGLISH) + more;
    }
}
