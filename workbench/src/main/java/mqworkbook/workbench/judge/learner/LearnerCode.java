package mqworkbook.workbench.judge.learner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the learner's code from all other code. The learner's is every class whose source file lies in a folder of the
 * answer that is judged: the system property {@code workbook.answer.sources}, one folder or several with the system's
 * path separator between them. Without it (in an IDE) it is {@code src/main/java} of the working directory, or else of
 * all lessons.
 */
public final class LearnerCode {

    private static final String SOURCES = "workbook.answer.sources";

    private static final Path SKELETON = Path.of("src", "main", "java");

    private final List<Path> roots;

    /** The learner's code in these source folders; of a file that is in several of them, the first holds. */
    public LearnerCode(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** The code that this run judges; the property is read each time, for one JVM may judge many answers. */
    public static LearnerCode ofRun() {
        String folders = System.getProperty(SOURCES, "");
        if (!folders.isBlank()) {
            return new LearnerCode(Stream.of(folders.split(File.pathSeparator))
                    .filter(folder -> !folder.isBlank())
                    .map(Path::of)
                    .toList());
        }
        if (Files.isDirectory(SKELETON)) {
            return new LearnerCode(List.of(SKELETON));
        }
        return new LearnerCode(Workbook.lessons().stream()
                .map(lesson -> lesson.resolve(SKELETON))
                .toList());
    }

    /** Whether the class's source is the learner's. */
    public boolean contains(String className) {
        return file(className).isPresent();
    }

    /** The source file of a class, by its top-level class. */
    public Optional<Path> file(String className) {
        int nested = className.indexOf('$');
        String topLevel = nested < 0 ? className : className.substring(0, nested);
        String path = topLevel.replace('.', '/') + ".java";
        return roots.stream()
                .map(root -> root.resolve(path))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The source file of a class, given by its simple name. */
    public Optional<Path> fileNamed(String simpleName) {
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                Optional<Path> found = files.filter(file -> file.endsWith(simpleName + ".java"))
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException e) {
                // A folder that is not there holds no code; the next one may.
            }
        }
        return Optional.empty();
    }

    /** The learner's frames of a stack, innermost first. */
    public List<StackTraceElement> frames(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> contains(frame.getClassName()))
                .toList();
    }

    /** The innermost frame of the learner's, of the exception that came first in the chain of causes. */
    public Optional<StackTraceElement> firstFrame(Throwable thrown) {
        List<Throwable> chain = Causes.of(thrown);
        Collections.reverse(chain);
        return chain.stream()
                .flatMap(cause -> frames(cause.getStackTrace()).stream().limit(1))
                .findFirst();
    }

    /** A frame in short: {@code OrderPublisher.publish (OrderPublisher.java:57)}. */
    public static String describe(StackTraceElement frame) {
        String type = frame.getClassName();
        String name = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        String place =
                frame.getLineNumber() > 0 ? frame.getFileName() + ":" + frame.getLineNumber() : frame.getFileName();
        return name + "." + frame.getMethodName() + " (" + place + ")";
    }
}
