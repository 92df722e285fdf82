package mqworkbook.workbench.answer;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the sources of a lesson's tests say of it, before any of them is compiled.
 *
 * @param title the lesson in one line
 * @param steps in the order of their numbers
 */
public record LessonOutline(String title, List<Step> steps) {

    public LessonOutline {
        steps = List.copyOf(steps);
    }

    /**
     * A step, as its annotations describe it.
     *
     * @param write where the learner begins to write, {@code EventCodec#write}; may be empty
     */
    public record Step(int number, String title, int minutes, boolean core, String write) {}

    /** Reads the test class of the lesson; where there is none yet, the folder's name is all that is known. */
    public static LessonOutline of(LessonFiles lesson) {
        LessonScanner scanner = new LessonScanner(lesson.name());
        testClass(lesson).map(JavaSource::read).ifPresent(source -> scanner.scan(source.unit(), null));
        return new LessonOutline(
                scanner.title,
                scanner.steps.stream()
                        .sorted(Comparator.comparingInt(Step::number))
                        .toList());
    }

    private static Optional<Path> testClass(LessonFiles lesson) {
        try {
            for (Path file : SourceTree.of(lesson.tests()).files().values()) {
                if (Files.readString(file).contains("@Lesson(")) {
                    return Optional.of(file);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class LessonScanner extends TreeScanner<Void, Void> {

        private final List<Step> steps = new ArrayList<>();
        private String title;

        LessonScanner(String title) {
            this.title = title;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            Map<String, Map<String, String>> annotations = annotations(type);
            if (annotations.containsKey("Lesson")) {
                title = annotations.get("Lesson").getOrDefault("title", title);
            }
            if (annotations.containsKey("Step")) {
                steps.add(step(type, annotations));
            }
            return super.visitClass(type, unused);
        }

        /** What is left out has the default that the annotation declares. */
        private static Step step(ClassTree type, Map<String, Map<String, String>> annotations) {
            Map<String, String> step = annotations.get("Step");
            return new Step(
                    Integer.parseInt(step.get("value")),
                    annotations
                            .getOrDefault("DisplayName", Map.of())
                            .getOrDefault("value", type.getSimpleName().toString()),
                    Integer.parseInt(step.getOrDefault("minutes", "10")),
                    Boolean.parseBoolean(step.getOrDefault("core", "true")),
                    step.getOrDefault("write", ""));
        }

        private static Map<String, Map<String, String>> annotations(ClassTree type) {
            Map<String, Map<String, String>> annotations = new HashMap<>();
            for (AnnotationTree annotation : type.getModifiers().getAnnotations()) {
                Map<String, String> values = new HashMap<>();
                for (ExpressionTree argument : annotation.getArguments()) {
                    if (argument instanceof AssignmentTree named) {
                        values.put(named.getVariable().toString(), JavaSource.literal(named.getExpression()));
                    } else {
                        values.put("value", JavaSource.literal(argument));
                    }
                }
                annotations.put(annotation.getAnnotationType().toString(), values);
            }
            return annotations;
        }
    }
}
