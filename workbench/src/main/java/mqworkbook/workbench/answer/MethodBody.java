package mqworkbook.workbench.answer;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The body of one method or constructor.
 *
 * @param signature enclosing classes, name and parameter types as written, without packages
 * @param start offset of the opening brace
 * @param end offset behind the closing brace
 * @param text the body with its braces
 * @param todo the first {@code Todo} that it throws
 */
record MethodBody(String signature, int start, int end, String text, Optional<TodoCall> todo) {

    /**
     * The arguments of {@code new Todo(step, goal)}.
     *
     * @param start offset of the call
     */
    record TodoCall(int step, String goal, int start) {}

    /**
     * All bodies in a file.
     *
     * @throws AnswerException if a {@code Todo} is made outside of them
     */
    static List<MethodBody> in(JavaSource source) {
        List<MethodBody> bodies = new ArrayList<>();
        new Scanner(source, bodies).scan(source.unit(), null);
        return bodies;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {

        private final JavaSource source;
        private final List<MethodBody> bodies;
        private TodoCall found;

        Scanner(JavaSource source, List<MethodBody> bodies) {
            this.source = source;
            this.bodies = bodies;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            TodoCall outer = found;
            found = null;
            super.visitMethod(method, unused);
            BlockTree body = method.getBody();
            if (body != null) {
                int start = source.start(body);
                int end = source.end(body);
                String text = source.text().substring(start, end);
                bodies.add(new MethodBody(signature(method), start, end, text, Optional.ofNullable(found)));
            }
            found = outer;
            return null;
        }

        @Override
        public Void visitNewClass(NewClassTree creation, Void unused) {
            if (creation.getIdentifier().toString().matches("(.*\\.)?Todo")) {
                if (!isInMethod()) {
                    throw new AnswerException("A Todo stands outside of a method and a constructor: " + creation);
                }
                if (found == null) {
                    found = arguments(creation);
                }
            }
            return super.visitNewClass(creation, unused);
        }

        private boolean isInMethod() {
            for (Tree ancestor : getCurrentPath()) {
                if (ancestor instanceof MethodTree) {
                    return true;
                }
            }
            return false;
        }

        private TodoCall arguments(NewClassTree creation) {
            List<? extends ExpressionTree> arguments = creation.getArguments();
            if (arguments.size() == 2
                    && arguments.get(0) instanceof LiteralTree step
                    && step.getValue() instanceof Integer number) {
                return new TodoCall(number, JavaSource.literal(arguments.get(1)), source.start(creation));
            }
            throw new AnswerException("A Todo needs the step's number and a sentence: " + creation);
        }

        private String signature(MethodTree method) {
            StringBuilder classes = new StringBuilder();
            String own = "";
            for (Tree ancestor : getCurrentPath()) {
                if (ancestor instanceof ClassTree type) {
                    classes.insert(0, type.getSimpleName() + ".");
                    own = own.isEmpty() ? type.getSimpleName().toString() : own;
                }
            }
            String name = method.getName().contentEquals("<init>")
                    ? own
                    : method.getName().toString();
            return classes + name + parameters(method);
        }

        private static String parameters(MethodTree method) {
            return method.getParameters().stream()
                    .map(parameter -> parameter.getType().toString().replaceAll("\\b[a-z_][\\w]*\\.", ""))
                    .collect(Collectors.joining(", ", "(", ")"));
        }
    }
}
