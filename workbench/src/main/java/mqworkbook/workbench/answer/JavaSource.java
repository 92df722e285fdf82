package mqworkbook.workbench.answer;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One Java file, parsed but not compiled; a file with mistakes in it parses as far as it can be understood.
 *
 * @param text the file as it stands
 * @param unit its syntax tree
 * @param positions from nodes of the tree to offsets in the text
 */
record JavaSource(String text, CompilationUnitTree unit, SourcePositions positions) {

    static JavaSource read(Path file) {
        try {
            return of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaSource of(String text) {
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task = (JavacTask)
                compiler().getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            return new JavaSource(text, unit, Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The compiler of the running JDK. */
    static JavaCompiler compiler() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new AnswerException("This Java at " + System.getProperty("java.home")
                    + " has no compiler. Set JAVA_HOME to a JDK 17 or newer and run again.");
        }
        return compiler;
    }

    /** The import declarations as they stand. */
    List<String> imports() {
        return unit.getImports().stream()
                .map(declaration -> text.substring(start(declaration), end(declaration)))
                .toList();
    }

    /** Offset behind the package declaration, 0 when there is none. */
    int endOfPackage() {
        return unit.getPackage() == null ? 0 : end(unit.getPackage());
    }

    /** A text that is put together from literals with plus. */
    static String literal(ExpressionTree expression) {
        StringBuilder text = new StringBuilder();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitLiteral(LiteralTree literal, Void unused) {
                text.append(literal.getValue());
                return null;
            }
        }.scan(expression, null);
        return text.toString();
    }

    int start(Tree node) {
        return Math.toIntExact(positions.getStartPosition(unit, node));
    }

    int end(Tree node) {
        return Math.toIntExact(positions.getEndPosition(unit, node));
    }
}
