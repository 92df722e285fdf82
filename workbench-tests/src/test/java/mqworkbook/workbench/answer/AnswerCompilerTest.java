package mqworkbook.workbench.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerCompilerTest {

    private final AnswerCompiler compiler = new AnswerCompiler(List.of());

    @TempDir
    Path root;

    @Test
    void theFirstErrorIsToldWithFileAndLine() {
        Path file = Fixture.write(
                root.resolve("sources/Broken.java"), "class Broken {\n    Missing one;\n    int x = y;\n}\n");

        assertThatThrownBy(() -> compiler.compile(List.of(file.getParent()), List.of(), root.resolve("classes")))
                .isInstanceOf(AnswerException.class)
                .hasMessageStartingWith("It does not compile: " + file + ":2: cannot find symbol")
                .hasMessageEndingWith("(and 1 more)");
    }

    @Test
    void classFilesOfVanishedSourcesVanish() {
        Path classes = root.resolve("classes");
        Fixture.write(classes.resolve("old/Gone.class"), "");
        Fixture.write(root.resolve("sources/Here.java"), "class Here {}");

        compiler.compile(List.of(root.resolve("sources"), root.resolve("absent")), List.of(), classes);

        assertThat(classes.resolve("Here.class")).exists();
        assertThat(classes.resolve("old")).doesNotExist();
    }
}
