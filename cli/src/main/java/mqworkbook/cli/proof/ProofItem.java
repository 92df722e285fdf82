package mqworkbook.cli.proof;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.workbench.run.RunResult;

/**
 * One answer, and what the judge must say to it.
 *
 * @param kind what kind of answer it is
 * @param name its folder's name, or what is open: a step or a method
 * @param answer compiles it; throws {@link mqworkbook.workbench.answer.AnswerException} if it is no proper answer
 * @param changed the reference's files that it changes, as paths below the source root; empty when all steps are wanted
 * @param expectation what must come of it
 */
public record ProofItem(
        Kind kind,
        String name,
        Supplier<LessonBench.Compiled> answer,
        Collection<String> changed,
        Expectation expectation) {

    /** The kinds of answer, in the order of the proof. */
    public enum Kind {
        SKELETON,
        REFERENCE,
        ALTERNATIVE,
        /** After whole runs: each judge is warm by then, and times count. */
        GAP,
        MISTAKE
    }

    /** What must come of a run. */
    public interface Expectation {

        /** Which tests to run. */
        Map<String, String> parameters();

        /** What is wrong with the judge; empty when the run showed what it must. */
        List<String> complaints(RunResult result);
    }

    /**
     * The first step that can differ from the reference's: before it none of the changed classes is used.
     *
     * @param firstUse the step in which each class of the reference is used first
     */
    OptionalInt firstStep(Map<String, Integer> firstUse) {
        return changed.stream()
                .map(file -> file.replaceFirst("\\.java$", "").replace('/', '.'))
                .mapToInt(type -> firstUse.getOrDefault(type, 0))
                .min();
    }

    /** For the console and for file names of logs: {@code mistake auto-ack}. */
    public String label() {
        return switch (kind) {
            case SKELETON -> "skeleton";
            case REFERENCE -> "reference";
            case GAP -> "only " + name + " open";
            case ALTERNATIVE -> "alternative " + name;
            case MISTAKE -> "mistake " + name;
        };
    }
}
