package mqworkbook.cli.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mqworkbook.workbench.run.TestOutcome;

/**
 * Which test caught which mistake.
 *
 * @param rows one for each mistake, in the order of the proof
 */
public record Matrix(List<Row> rows) {

    /**
     * One mistake.
     *
     * @param step number of the step that caught it, 0 when none did
     * @param test the test that caught it, empty when none did
     * @param proven whether it was caught where and as its header says
     */
    public record Row(String lesson, String mistake, int step, String test, boolean proven) {}

    /** The matrix of all lessons: each lesson's name with its proof. */
    public static Matrix of(List<LessonResults> lessons) {
        List<Row> rows = new ArrayList<>();
        for (LessonResults lesson : lessons) {
            for (ProofResult result : lesson.results()) {
                if (result.item().kind() == ProofItem.Kind.MISTAKE) {
                    Optional<TestOutcome> caught = result.run().firstFailure();
                    rows.add(new Row(
                            lesson.name(),
                            result.item().name(),
                            caught.map(TestOutcome::step).orElse(0),
                            caught.map(TestOutcome::name).orElse(""),
                            result.proven()));
                }
            }
        }
        return new Matrix(rows);
    }

    /** One lesson's proof. */
    public record LessonResults(String name, List<ProofResult> results) {}

    /** A table for a page. */
    public String markdown() {
        StringBuilder table = new StringBuilder("| lesson | mistake | caught in | by the test | as promised |\n")
                .append("| --- | --- | --- | --- | --- |\n");
        for (Row row : rows) {
            table.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            row.lesson(),
                            row.mistake(),
                            row.step() == 0 ? "nowhere" : "step " + row.step(),
                            row.test().replace("|", "\\|"),
                            row.proven() ? "yes" : "NO"));
        }
        return table.toString();
    }

    /** The table for a console of fixed width letters. */
    public List<String> text() {
        int lesson = rows.stream().mapToInt(row -> row.lesson().length()).max().orElse(0);
        int mistake =
                rows.stream().mapToInt(row -> row.mistake().length()).max().orElse(0);
        return rows.stream()
                .map(row -> String.join("  ", cells(row, lesson, mistake)))
                .toList();
    }

    private static List<String> cells(Row row, int lesson, int mistake) {
        List<String> cells = new ArrayList<>();
        cells.add(pad(row.lesson(), lesson));
        cells.add(pad(row.mistake(), mistake));
        cells.add(pad(row.step() == 0 ? "nowhere" : "step " + row.step(), "nowhere".length()));
        if (!row.test().isEmpty()) {
            cells.add(row.test());
        }
        if (!row.proven()) {
            cells.add("(NOT as promised)");
        }
        return cells;
    }

    /** Writes {@code matrix.md} and {@code matrix.json} into the folder. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("matrix.md"), markdown());
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve("matrix.json").toFile(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
