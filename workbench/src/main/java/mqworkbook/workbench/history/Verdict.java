package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the checkers concluded.
 *
 * @param validity three-valued: absence of evidence is not a pass
 * @param findings broken guarantees, gravest first
 * @param notes legal and worth knowing, and the reason of an inconclusive verdict
 */
public record Verdict(Validity validity, List<Finding> findings, List<Note> notes) {

    private static final int SHOWN = 3;

    /** The three verdicts. */
    public enum Validity {
        /** There was something to judge, and it was right. */
        VALID,
        /** At least one guarantee broke. */
        INVALID,
        /** Nothing was published, or nothing arrived anywhere: the run proves nothing. */
        INCONCLUSIVE
    }

    public Verdict {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Several verdicts as one. Invalid outweighs inconclusive, and inconclusive outweighs valid. */
    public static Verdict of(Verdict... verdicts) {
        return of(Arrays.asList(verdicts));
    }

    /** Several verdicts as one; none at all is inconclusive. */
    public static Verdict of(Collection<Verdict> verdicts) {
        List<Finding> findings = verdicts.stream()
                .flatMap(verdict -> verdict.findings.stream())
                .distinct()
                .sorted(Comparator.comparing(Finding::guarantee))
                .toList();
        List<Note> notes = verdicts.stream()
                .flatMap(verdict -> verdict.notes.stream())
                .distinct()
                .toList();
        boolean allValid = verdicts.stream().allMatch(verdict -> verdict.validity == Validity.VALID);
        if (!findings.isEmpty()) {
            return new Verdict(Validity.INVALID, findings, notes);
        }
        return new Verdict(allValid && !verdicts.isEmpty() ? Validity.VALID : Validity.INCONCLUSIVE, findings, notes);
    }

    /** Whether there was something to judge and it was right. */
    public boolean isValid() {
        return validity == Validity.VALID;
    }

    /** For learners: the gravest findings in full (three at most), or why the run proves nothing, or that all is well. */
    public String summary() {
        return switch (validity) {
            case INVALID -> findingsText();
            case INCONCLUSIVE -> "Inconclusive. " + notesText();
            case VALID -> ("Valid. " + notesText()).strip();
        };
    }

    private String findingsText() {
        List<Finding> merged = merged();
        List<String> parts = new ArrayList<>();
        merged.stream().limit(SHOWN).map(Finding::text).forEach(parts::add);
        if (merged.size() > SHOWN) {
            String rest = merged.stream()
                    .skip(SHOWN)
                    .map(finding -> finding.guarantee() + " at " + Words.name(finding.where(), Finding.LONGEST_PLACES))
                    .distinct()
                    .collect(Collectors.joining("; "));
            parts.add("Also broken: " + rest + ".");
        }
        return String.join("\n", parts);
    }

    /** The same fault at several subscribers is one thing to read, not several. */
    private List<Finding> merged() {
        Map<Finding, Set<String>> places = new LinkedHashMap<>();
        for (Finding finding : findings) {
            places.computeIfAbsent(finding.at(""), same -> new LinkedHashSet<>())
                    .add(finding.where());
        }
        return places.entrySet().stream()
                .map(same -> same.getKey().at(Words.list(same.getValue())))
                .toList();
    }

    private String notesText() {
        return notes.stream().map(Note::text).distinct().collect(Collectors.joining("\n"));
    }
}
