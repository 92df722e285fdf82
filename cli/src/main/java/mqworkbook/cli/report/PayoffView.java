package mqworkbook.cli.report;

import java.util.List;
import mqworkbook.cli.page.Html;

/** The charts that measurements have left. */
final class PayoffView {

    private final Html html;
    private final ReportData data;

    PayoffView(Html html, ReportData data) {
        this.html = html;
        this.data = data;
    }

    void add() {
        html.section("payoff", "Payoff");
        html.element("p", "What the design of a lesson brings, measured on this machine, before and after.");
        for (ReportData.Lesson lesson : data.lessons()) {
            lesson.chart().ifPresent(chart -> {
                html.open("article")
                        .element("h3", lesson.number() + " " + lesson.progress().title());
                html.raw("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Chart of lesson "
                        + lesson.number()
                        + "\"><img alt=\"" + chart.texts().get(0) + ": the figures stand below\" src=\"" + chart.url()
                        + "\"/></div>\n");
                html.open("details").element("summary", "The figures as text").open("ul");
                chart.texts().forEach(text -> html.raw("<li>" + text + "</li>\n"));
                html.close("ul").close("details").close("article");
            });
        }
        List<String> missing = data.lessons().stream()
                .filter(lesson -> lesson.chart().isEmpty())
                .map(ReportData.Lesson::number)
                .toList();
        if (!missing.isEmpty()) {
            html.open("p class=\"quiet\"")
                    .text("Not measured yet: lesson " + String.join(", ", missing)
                            + ". Measure one, in less than a minute: ")
                    .element("code", "./workbook payoff " + missing.get(0))
                    .close("p");
        }
        html.close("section");
    }
}
