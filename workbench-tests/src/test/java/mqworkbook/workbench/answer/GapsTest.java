package mqworkbook.workbench.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapsTest {

    private static final String SUMS = "mqworkbook/sums/Sums.java";

    @TempDir
    Path root;

    private LessonFiles lesson;
    private Path merged;

    @BeforeEach
    void copyFixture() {
        lesson = Fixture.in(root);
        merged = root.resolve("merged");
        Answer.reference(lesson).mergeInto(merged);
    }

    @Test
    void everyGapIsListedWithItsStepMethodAndGoal() {
        Gaps gaps = Gaps.of(Answer.skeleton(lesson));

        assertThat(gaps.all())
                .containsExactly(
                        new Gap(1, SUMS, "Sums.add(int, int)", "Add the two numbers."),
                        new Gap(2, SUMS, "Sums.sum(List<Integer>)", "Add all numbers; an empty list has the sum 0."),
                        new Gap(2, SUMS, "Sums.Counter.Counter(int)", "Keep the start."));
        assertThat(gaps.steps()).containsExactly(1, 2);
    }

    @Test
    void reopeningTakesTheSkeletonsBodiesOfOneStepOnly() {
        reopen(2);

        assertThat(Fixture.read(merged.resolve(SUMS)))
                .contains("return left + right;")
                .contains("public int sum(final List<Integer> all) {\n        throw new Todo(2, \"Add all numbers; \"")
                .contains("throw new Todo(2, \"Keep the start.\");")
                .contains("sum = add(sum, number);")
                .doesNotContain("reduce");
    }

    @Test
    void whatWasReopenedCompiles() {
        reopen(2);
        Path classes = root.resolve("classes");

        new AnswerCompiler(TestClassPath.libraries()).compile(List.of(merged, lesson.given()), List.of(), classes);

        assertThat(classes.resolve("mqworkbook/sums/Sums$Counter.class")).exists();
    }

    @Test
    void aMethodThatTheReferenceLacksIsAnError() {
        Path file = lesson.reference().resolve(SUMS);
        Fixture.write(file, Fixture.read(file).replace("add(int left, int right)", "add(long left, int right)"));
        Answer.reference(lesson).mergeInto(merged);

        assertThatThrownBy(() -> reopen(1))
                .isInstanceOf(AnswerException.class)
                .hasMessageContaining("no method Sums.add(int, int)");
    }

    @Test
    void aTodoOutsideOfAMethodIsAnError() {
        Fixture.write(
                lesson.skeleton().resolve("mqworkbook/sums/Field.java"),
                "package mqworkbook.sums; class Field { Runnable run = () -> { throw new Todo(1, \"Run.\"); }; }");

        assertThatThrownBy(() -> Gaps.of(Answer.skeleton(lesson)))
                .isInstanceOf(AnswerException.class)
                .hasMessageContaining("outside of a method");
    }

    private void reopen(int step) {
        Gaps gaps = Gaps.of(Answer.skeleton(lesson));
        gaps.reopen(gaps.ofStep(step), merged);
    }
}
