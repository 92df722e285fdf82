package mqworkbook.cli.proof;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.workbench.run.RunResult;

/**
 * One answer, and what the judge must say to it.
 *
 * @param kind what kind of answer it is
 * @param name its folder's name, or what is open: a step or a method
 * @param answer compiles it; throws {@link mqworkbook.workbench.answer.AnswerException} if it is no proper answer
 * @param expectation what must come of it
 */
public record ProofItem(Kind kind, String name, Supplier<LessonBench.Compiled> answer, Expectation expectation) {

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

    /** For file names, without an ending: {@code mistake-auto-ack}. */
    public String fileName() {
        return label().replaceAll("[^A-Za-z0-9.-]+", "-");
    }

    /** For the console: {@code mistake auto-ack}. */
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
