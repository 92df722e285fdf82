package mqworkbook.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.proof.Matrix;

/**
 * What a proof comes to.
 *
 * @param complaints a sentence each; without one it is proven
 * @param notes what else there is to look at: a sentence each, with further lines
 */
record VerifyReport(Matrix matrix, List<String> complaints, List<String> notes) {

    /**
     * A report.
     *
     * @param strict whether notes are complaints, too
     */
    static VerifyReport of(Matrix matrix, List<String> complaints, List<String> notes, boolean strict) {
        List<String> all = new ArrayList<>(complaints);
        if (strict) {
            notes.stream().map(note -> note.lines().findFirst().orElse("")).forEach(all::add);
        }
        return new VerifyReport(matrix, all, notes);
    }

    /** Of a proof that did not begin. */
    static VerifyReport unproven(String complaint) {
        return new VerifyReport(new Matrix(List.of()), List.of(complaint), List.of());
    }

    boolean proven() {
        return complaints.isEmpty();
    }

    /** For people. */
    List<String> lines(Terminal terminal, String page) {
        List<String> lines = new ArrayList<>(List.of("", terminal.bold("Which test caught which mistake")));
        lines.addAll(matrix.text());
        lines.add("");
        if (!notes.isEmpty()) {
            lines.add(terminal.bold("Messages that are not the recorded ones")
                    + " (where they are as good, verify --record adds them)");
            notes.stream().flatMap(String::lines).forEach(lines::add);
            lines.add("");
        }
        if (proven()) {
            lines.add(terminal.green("Proven.") + " The matrix as a page: " + page);
        } else {
            lines.add(terminal.red("Not proven:"));
            complaints.forEach(complaint -> lines.add("- " + complaint));
        }
        return lines;
    }

    /** For programs: one object with proven, complaints, notes and matrix. */
    String json() {
        Map<String, Object> proof = new LinkedHashMap<>();
        proof.put("proven", proven());
        proof.put("complaints", complaints);
        proof.put("notes", notes);
        proof.put("matrix", matrix.rows());
        return Json.of(proof);
    }
}
