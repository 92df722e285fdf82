package mqworkbook.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.answer.AnswerCompiler;
import mqworkbook.workbench.run.RunResult;
import mqworkbook.workbench.run.TestOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedMethodsTest {

    private static final String BASE = """
            package p;
            class A {
                private int count;
                A() { count = 1; }
                void one() { two(3); }
                int two(int x) { return x + count; }
                static int three() { return 3; }
            }
            class B { void four() { new A().one(); } }
            """;

    private static final RunResult REFERENCE = new RunResult(
            List.of(test(1, "T#early()"), test(2, "T#late()"), test(2, "T#last()")),
            "",
            Duration.ZERO,
            "",
            Map.of("p.A#two(I)I", Set.of("T#late()"), "p.A#one()V", Set.of("T#early()", "T#late()")));
    private static final ProofItem ALTERNATIVE =
            new ProofItem(ProofItem.Kind.ALTERNATIVE, "another", () -> null, Expectations.green());

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenOtherwiseAndDoesTheSameIsNoChange() throws IOException {
        assertThat(changes(BASE.replace("int x)", "int\n /* a comment */ y)").replace("return x", "return y")))
                .isEmpty();
    }

    @Test
    void aMethodWithOtherCodeHasChanged() throws IOException {
        assertThat(changes(BASE.replace("x + count", "x - count"))).containsExactly("p.A#two(I)I");
    }

    @Test
    void aNewMethodIsReachedThroughItsCaller() throws IOException {
        assertThat(changes(BASE.replace("return 3;", "return help(); } private static int help() { return 4;")))
                .containsExactly("p.A#three()I");
    }

    @Test
    void aMethodThatIsGoneHasChanged() throws IOException {
        assertThat(changes(BASE.replace("static int three() { return 3; }", "")))
                .containsExactly("p.A#three()I");
    }

    @Test
    void aMethodThatMayOverrideAnotherChangesItsWholeClass() throws IOException {
        assertThat(changes(
                        BASE.replace("static int three", "public String toString() { return null; } static int three")))
                .containsExactlyInAnyOrder("p.A#<init>()V", "p.A#one()V", "p.A#two(I)I", "p.A#three()I");
    }

    @Test
    void soDoANewClassInitialiserAnotherSuperclassAndAFieldThatIsVolatile() throws IOException {
        for (String other : List.of(
                BASE.replace("private int count;", "private int count; static { System.gc(); }"),
                BASE.replace("class A {", "class A extends Thread {"),
                BASE.replace("private int count;", "private volatile int count;"))) {
            assertThat(changes(other)).contains("p.A#one()V", "p.A#three()I").doesNotContain("p.B#four()V");
        }
    }

    @Test
    void aConstantThatOthersSeeChangesEverything() throws IOException {
        String base = BASE.replace("private int count;", "private int count; static Object LIMIT = 1;");
        Path other = compiled("other", base.replace("LIMIT = 1", "LIMIT = 2"));

        assertThat(ChangedMethods.between(compiled("base", base), other)).contains("p.A#two(I)I", "p.B#four()V");
    }

    @Test
    void aFieldThatIsNewShowsInTheConstructorThatSetsIt() throws IOException {
        assertThat(changes(BASE.replace("private int count;", "private int count; private int other = 2;")))
                .containsExactly("p.A#<init>()V");
    }

    @Test
    void allMethodsOfAClassThatIsGoneHaveChanged() throws IOException {
        assertThat(changes(BASE.replace("class B { void four() { new A().one(); } }", "")))
                .containsExactlyInAnyOrder("p.B#<init>()V", "p.B#four()V");
    }

    @Test
    void aChoiceHoldsTheTestsThatUseWhatHasChangedAndTheWholeStepWhereItIsAskedFor() throws IOException {
        Path base = compiled("base", BASE);
        Path other = compiled("other", BASE.replace("x + count", "x - count"));
        TestChoice choice = new TestChoice(base, REFERENCE);

        assertThat(choice.upTo(1, other)).isEmpty();
        assertThat(choice.upTo(2, other)).containsExactly("T#late()");
        assertThat(choice.withAllOf(2, other)).containsExactlyInAnyOrder("T#late()", "T#last()");
        assertThat(choice.withAllOf(2, base)).isEmpty();
    }

    @Test
    void alternativesRunWholeBesideTheReferenceAndTheOthersWaitForIt() throws Exception {
        Path base = compiled("base", BASE);
        Path other = compiled("other", BASE.replace("x + count", "x - count"));
        TestChoices choices = new TestChoices(2);

        assertThat(choices.of(ALTERNATIVE, other)).isEmpty();
        CompletableFuture<Set<String>> second = CompletableFuture.supplyAsync(() -> choices.of(ALTERNATIVE, other));
        choices.reference(base, REFERENCE);

        assertThat(second.get(10, TimeUnit.SECONDS)).containsExactly("T#late()");
    }

    @Test
    void nobodyWaitsForAReferenceThatHasBrokenOff() throws IOException {
        TestChoices choices = new TestChoices(1);

        choices.referenceEnded();

        assertThat(choices.of(ALTERNATIVE, compiled("other", BASE))).isEmpty();
    }

    private static TestOutcome test(int step, String id) {
        return new TestOutcome(step, id, id, TestOutcome.State.PASSED, Duration.ZERO, Duration.ZERO, "", "");
    }

    private Set<String> changes(String other) throws IOException {
        return ChangedMethods.between(compiled("base", BASE), compiled("other", other));
    }

    private Path compiled(String name, String source) throws IOException {
        Path sources = folder.resolve(name).resolve("sources");
        Files.createDirectories(sources);
        Files.writeString(sources.resolve("A.java"), source);
        Path classes = folder.resolve(name).resolve("classes");
        new AnswerCompiler(List.of()).compile(List.of(sources), List.of(), classes);
        return classes;
    }
}
