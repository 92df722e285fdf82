package mqworkbook.workbench.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The gaps of a skeleton, and the reference with some of them open again: what a learner has who has done everything
 * else.
 */
public final class Gaps {

    private final SortedMap<String, JavaSource> skeleton = new TreeMap<>();
    private final SortedMap<String, List<MethodBody>> open = new TreeMap<>();

    private Gaps() {}

    /**
     * Finds every method and constructor of the skeleton that throws a {@code Todo}.
     *
     * @throws AnswerException if a {@code Todo} stands elsewhere, or its arguments are not literals
     */
    public static Gaps of(Answer skeleton) {
        Gaps gaps = new Gaps();
        skeleton.files().forEach((place, file) -> {
            JavaSource source = JavaSource.read(file);
            List<MethodBody> bodies = MethodBody.in(source).stream()
                    .filter(body -> body.todo().isPresent())
                    .toList();
            if (!bodies.isEmpty()) {
                gaps.skeleton.put(place, source);
                gaps.open.put(place, bodies);
            }
        });
        return gaps;
    }

    /** All gaps, by file and in their order there. */
    public List<Gap> all() {
        List<Gap> all = new ArrayList<>();
        open.forEach((place, bodies) -> bodies.forEach(body -> all.add(gap(place, body))));
        return all;
    }

    /** The steps that have a gap, in order. */
    public SortedSet<Integer> steps() {
        SortedSet<Integer> steps = new TreeSet<>();
        all().forEach(gap -> steps.add(gap.step()));
        return steps;
    }

    /** The line in its file, from 1, where one of {@link #all()} begins. */
    public int line(Gap gap) {
        int start = open.get(gap.place()).stream()
                .filter(body -> gap(gap.place(), body).equals(gap))
                .mapToInt(body -> body.todo().orElseThrow().start())
                .findFirst()
                .orElseThrow();
        return 1
                + (int) skeleton.get(gap.place())
                        .text()
                        .substring(0, start)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The gaps of one step. */
    public List<Gap> ofStep(int step) {
        return all().stream().filter(gap -> gap.step() == step).toList();
    }

    /**
     * Puts the skeleton's bodies back into an answer. Imports that only the skeleton has are added.
     *
     * @param gaps some of {@link #all()}
     * @param sourceRoot holds the complete answer; its files are changed
     * @throws AnswerException if the answer has no such method
     */
    public void reopen(List<Gap> gaps, Path sourceRoot) {
        open.forEach((place, bodies) -> {
            List<MethodBody> chosen = bodies.stream()
                    .filter(body -> gaps.contains(gap(place, body)))
                    .toList();
            if (!chosen.isEmpty()) {
                reopen(place, chosen, sourceRoot.resolve(place));
            }
        });
    }

    private void reopen(String place, List<MethodBody> bodies, Path file) {
        if (!Files.exists(file)) {
            throw new AnswerException("The answer has no file " + place + ", where the skeleton has a gap.");
        }
        try {
            Files.writeString(file, reopen(JavaSource.read(file), place, bodies));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Gap gap(String place, MethodBody body) {
        MethodBody.TodoCall todo = body.todo().orElseThrow();
        return new Gap(todo.step(), place, body.signature(), todo.goal());
    }

    private String reopen(JavaSource answer, String place, List<MethodBody> gaps) {
        List<Edit> edits = new ArrayList<>();
        List<MethodBody> candidates = MethodBody.in(answer);
        for (MethodBody gap : gaps) {
            MethodBody same = candidates.stream()
                    .filter(candidate -> candidate.signature().equals(gap.signature()))
                    .findFirst()
                    .orElseThrow(() -> new AnswerException("The answer's " + place + " has no method " + gap.signature()
                            + ", where the skeleton has a gap."));
            edits.add(new Edit(same.start(), same.end(), gap.text()));
        }
        edits.add(missingImports(answer, skeleton.get(place)));
        return Edit.apply(answer.text(), edits);
    }

    private static Edit missingImports(JavaSource answer, JavaSource skeleton) {
        StringBuilder missing = new StringBuilder();
        List<String> present = answer.imports();
        for (String line : skeleton.imports()) {
            if (!present.contains(line)) {
                missing.append(line);
            }
        }
        // On the line of the package declaration, so that line numbers stay.
        int position = answer.endOfPackage();
        return new Edit(position, position, missing.toString());
    }

    private record Edit(int start, int end, String text) {

        static String apply(String source, List<Edit> edits) {
            StringBuilder result = new StringBuilder(source);
            edits.stream()
                    .sorted((left, right) -> Integer.compare(right.start(), left.start()))
                    .forEach(edit -> result.replace(edit.start(), edit.end(), edit.text()));
            return result.toString();
        }
    }
}
