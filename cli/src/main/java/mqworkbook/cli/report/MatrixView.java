package mqworkbook.cli.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mqworkbook.cli.page.Html;
import mqworkbook.cli.proof.Matrix;

/** Which test catches which mistake, lesson by lesson, as the last proof has left it. */
final class MatrixView {

    private final Html html;
    private final ReportData data;

    MatrixView(Html html, ReportData data) {
        this.html = html;
        this.data = data;
    }

    void add() {
        html.section("matrix", "Mistakes caught");
        html.open("p").text("Which test catches which mistake, as the last proof found it. ");
        if (data.matrix().isEmpty()) {
            html.text("No proof has run here yet. Make one: ")
                    .element("code", "./workbook verify")
                    .text(", or of one lesson: ")
                    .element("code", "./workbook verify 01")
                    .close("p")
                    .close("section");
            return;
        }
        long proven = data.matrix().stream().filter(Matrix.Row::proven).count();
        html.element("strong", proven + " of " + data.matrix().size() + " mistakes")
                .text(" were caught as promised.")
                .close("p");
        Map<String, List<Matrix.Row>> byLesson = data.matrix().stream()
                .collect(Collectors.groupingBy(Matrix.Row::lesson, TreeMap::new, Collectors.toList()));
        byLesson.forEach((lesson, rows) -> {
            html.open("details").element("summary", lesson + ": " + rows.size() + " mistakes");
            html.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\""
                    + Html.escaped("Mistakes of " + lesson) + "\">");
            html.open("table")
                    .element("caption", "Mistakes of lesson " + lesson)
                    .open("thead")
                    .open("tr");
            List.of("Mistake", "Caught in", "By the test", "As promised")
                    .forEach(head -> html.element("th scope=\"col\"", head));
            html.close("tr").close("thead").open("tbody");
            for (Matrix.Row row : rows) {
                html.open("tr")
                        .element("th scope=\"row\"", row.mistake())
                        .element("td", row.step() == 0 ? "nowhere" : "step " + row.step())
                        .element("td", row.test())
                        .element(
                                "td class=\"" + (row.proven() ? "done" : "wrong") + "\"",
                                row.proven() ? "✔ yes" : "✘ no")
                        .close("tr");
            }
            html.close("tbody").close("table").close("div").close("details");
        });
        String missing = data.lessons().stream()
                .map(lesson -> lesson.progress().lesson().name())
                .filter(lesson -> !byLesson.containsKey(lesson))
                .map(lesson -> lesson.substring(0, 2))
                .collect(Collectors.joining(" "));
        if (!missing.isEmpty()) {
            html.open("p class=\"quiet\"")
                    .text("Not part of that proof: ")
                    .element("code", "./workbook verify " + missing)
                    .close("p");
        }
        html.close("section");
    }
}
