package mqworkbook.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.workbench.answer.AnswerCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassShapesTest {

    private static final String CODE =
            "public class Sums { static final int ONE = 1; private int count; public int next(int by) { return by; } }";

    @TempDir
    Path root;

    @Test
    void codeAndWhatIsPrivateDoNotCount() {
        String other = CODE.replace("return by;", "count += by; return count;").replace("private int", "private long");

        assertThat(shape(other.replace("return count", "return (int) count"))).isEqualTo(shape(CODE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"int next(long by)", "long next(int by)", "int next(int by, int and)", "int then(int by)"})
    void whatAMethodLooksLikeCounts(String method) {
        String other = CODE.replace("int next(int by)", method).replace("return by;", "return 1;");

        assertThat(shape(other)).isNotEqualTo(shape(CODE));
    }

    @Test
    void aConstantCountsSinceTheCompilerCopiesIt() {
        assertThat(shape(CODE.replace("ONE = 1", "ONE = 2"))).isNotEqualTo(shape(CODE));
    }

    private String shape(String code) {
        FixtureWorkspace.write(root.resolve("sources/Sums.java"), code);
        new AnswerCompiler(List.of()).compile(List.of(root.resolve("sources")), List.of(), root.resolve("classes"));
        return ClassShapes.of(root.resolve("classes"));
    }
}
