package mqworkbook.cli.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.proof.ProofItem.Expectation;
import mqworkbook.cli.proof.ProofItem.Kind;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.Gap;
import mqworkbook.workbench.answer.Gaps;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.MistakeHeader;
import mqworkbook.workbench.run.RunResult;

/** All answers to a lesson that the proof runs. */
final class ProofPlan {

    private final LessonFiles lesson;
    private final LessonBench bench;
    private final Answer skeleton;
    private final Gaps gaps;

    ProofPlan(LessonFiles lesson, LessonBench bench, Answer skeleton) {
        this.lesson = lesson;
        this.bench = bench;
        this.skeleton = skeleton;
        this.gaps = Gaps.of(skeleton);
    }

    /**
     * The answers, in the order of {@link Kind}.
     *
     * @throws AnswerException if the skeleton has no gap
     */
    List<ProofItem> items() {
        if (gaps.all().isEmpty()) {
            throw new AnswerException("The skeleton of lesson " + lesson.name() + " has no place to write.");
        }
        List<ProofItem> items = new ArrayList<>();
        int first = gaps.steps().first();
        items.add(new ProofItem(
                Kind.SKELETON, "skeleton", this::skeleton, Expectations.skeleton(first, gaps.ofStep(first))));
        items.add(new ProofItem(
                Kind.REFERENCE,
                "reference",
                () -> bench.compile("reference", Answer.reference(lesson)),
                Expectations.green()));
        for (Path folder : lesson.alternatives()) {
            items.add(item(Kind.ALTERNATIVE, folder, Expectations.green()));
        }
        for (int step : gaps.steps()) {
            List<Gap> all = gaps.ofStep(step);
            items.add(open("step " + step, "step-" + step + "-open", all, Expectations.openStep(step, all)));
            if (all.size() > 1) {
                // Each place alone too: a test of the step has to miss it.
                for (Gap gap : all) {
                    String name = "step-%d-open-%d".formatted(step, all.indexOf(gap) + 1);
                    items.add(open(gap.method(), name, List.of(gap), Expectations.openPlace(gap)));
                }
            }
        }
        for (Path folder : lesson.mistakes()) {
            items.add(mistake(folder));
        }
        return items;
    }

    /** The tests are compiled against it, because it is what the learner compiles them against. */
    private LessonBench.Compiled skeleton() {
        LessonBench.Compiled compiled = bench.compile("skeleton", skeleton);
        bench.compileTests(compiled);
        return compiled;
    }

    private ProofItem open(String label, String name, List<Gap> open, Expectation expectation) {
        return new ProofItem(Kind.GAP, label, () -> reopened(name, open), expectation);
    }

    private LessonBench.Compiled reopened(String name, List<Gap> open) {
        Answer.reference(lesson).mergeInto(bench.sources(name));
        gaps.reopen(open, bench.sources(name));
        return bench.compile(name, bench.sources(name));
    }

    private ProofItem mistake(Path folder) {
        try {
            return item(Kind.MISTAKE, folder, Expectations.caught(MistakeHeader.of(folder)));
        } catch (AnswerException e) {
            // It is reported when its turn comes, like a mistake that does not compile.
            Supplier<LessonBench.Compiled> refused = () -> {
                throw e;
            };
            return new ProofItem(Kind.MISTAKE, folder.getFileName().toString(), refused, new Never());
        }
    }

    private ProofItem item(Kind kind, Path folder, Expectation expectation) {
        String name = folder.getFileName().toString();
        String onBench = kind.name().toLowerCase(Locale.ROOT) + "-" + name;
        return new ProofItem(kind, name, () -> bench.compile(onBench, Answer.at(lesson, folder), folder), expectation);
    }

    private record Never() implements Expectation {

        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public List<String> complaints(RunResult result) {
            return List.of();
        }
    }
}
