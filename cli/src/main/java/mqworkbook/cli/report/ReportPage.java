package mqworkbook.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.page.Html;
import mqworkbook.cli.page.PageFrame;
import mqworkbook.cli.story.RunResultFile;

/** The whole page as text: self-contained, without scripts, and its policy lets it ask nobody for anything. */
public final class ReportPage {

    private final Html html = PageFrame.begin("MQ Workbook: report", ReportPage.class, "report.css", Optional.empty());
    private final ReportData data;

    private ReportPage(ReportData data) {
        this.data = data;
    }

    /** The page of a checkout, as its files are now. Nothing is run. */
    public static String of(Workspace workspace) {
        return new ReportPage(ReportData.of(workspace)).text();
    }

    private String text() {
        html.raw("<a class=\"skip\" href=\"#progress\">To the content</a>\n");
        header();
        html.open("main");
        new ProgressView(html, data).add();
        stories();
        new MatrixView(html, data).add();
        new PayoffView(html, data).add();
        practices();
        html.close("main");
        html.open("footer")
                .open("p")
                .text("Made by ")
                .element("code", "./workbook report")
                .text(" from what the last runs have left.")
                .close("p")
                .close("footer");
        return PageFrame.end(html);
    }

    private void header() {
        html.open("header").element("h1", "MQ Workbook");
        html.open("nav aria-label=\"Contents\"").open("ul");
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("progress", "Progress");
        parts.put("stories", "What went wrong");
        parts.put("matrix", "Mistakes caught");
        parts.put("payoff", "Payoff");
        parts.put("practices", "Best practices");
        parts.forEach((id, title) -> html.open("li")
                .raw("<a href=\"#" + id + "\">")
                .text(title)
                .close("a")
                .close("li"));
        html.close("ul").close("nav").close("header");
        if (!data.unreadable().isEmpty()) {
            html.open("aside aria-label=\"Files that cannot be read\"")
                    .open("p")
                    .text("Of another version, or cut off, and left out; a run writes it anew: ")
                    .element("code", String.join(", ", data.unreadable()))
                    .close("p")
                    .close("aside");
        }
    }

    private void stories() {
        html.section("stories", "What went wrong");
        List<ReportData.Lesson> red = data.lessons().stream()
                .filter(lesson -> !lesson.reds().isEmpty())
                .toList();
        if (red.isEmpty()) {
            html.open("p")
                    .text("Nothing was wrong in the last runs. A run leaves its story here: ")
                    .element("code", "./workbook run 01")
                    .close("p");
        }
        for (ReportData.Lesson lesson : red) {
            html.open("article")
                    .element("h3", lesson.number() + " " + lesson.progress().title());
            for (RunResultFile run : lesson.reds()) {
                html.element(
                        "p class=\"quiet\"",
                        run.isOwn()
                                ? "Your code, in its last run"
                                : run.answer().equals("solutions")
                                        ? "The reference, in its last run"
                                        : "Another answer, in its last run");
                run.wrong()
                        .forEach(failed -> new FailureView(html)
                                .add(failed, failed == run.wrong().get(0)));
            }
            html.close("article");
        }
        html.close("section");
    }

    private void practices() {
        html.section("practices", "Best practices");
        List<ReportData.Lesson> known = data.lessons().stream()
                .filter(lesson -> !lesson.practice().isEmpty())
                .toList();
        if (known.isEmpty()) {
            html.element("p class=\"quiet\"", "The table of lessons in README.md does not tell them.");
        } else {
            html.open("dl");
            known.forEach(lesson -> html.element(
                            "dt", lesson.number() + " " + lesson.progress().title())
                    .element("dd", lesson.practice()));
            html.close("dl");
        }
        html.close("section");
    }
}
