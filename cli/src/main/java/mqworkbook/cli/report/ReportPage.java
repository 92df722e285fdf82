package mqworkbook.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.StepProgress;
import mqworkbook.cli.proof.Matrix;
import mqworkbook.cli.story.RunResultFile;
import mqworkbook.workbench.judge.report.StepState;

/** The whole page as text: self-contained, without scripts, and its policy lets it ask nobody for anything. */
public final class ReportPage {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <link rel="icon" href="data:,"/>
            <title>MQ Workbook: report</title>
            <style>
            """;

    private final Html html = new Html();
    private final ReportData data;

    private ReportPage(ReportData data) {
        this.data = data;
    }

    /** The page of a checkout, as its files are now. Nothing is run. */
    public static String of(Workspace workspace) {
        return new ReportPage(ReportData.of(workspace)).text();
    }

    private String text() {
        html.raw(HEAD).raw(style()).raw("</style>\n</head>\n<body>\n");
        html.raw("<a class=\"skip\" href=\"#progress\">To the content</a>\n");
        header();
        html.open("main");
        progress();
        stories();
        matrix();
        payoff();
        practices();
        html.close("main");
        html.open("footer")
                .open("p")
                .text("Made by ")
                .element("code", "./workbook report")
                .text(" from what the last runs have left.")
                .close("p")
                .close("footer");
        return html.raw("</body>\n</html>\n").toString();
    }

    private void header() {
        html.open("header").element("h1", "MQ Workbook");
        html.open("nav aria-label=\"Contents\"").open("ul");
        Map<String, String> parts = new java.util.LinkedHashMap<>();
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

    private void progress() {
        List<StepProgress> steps = data.lessons().stream()
                .flatMap(lesson -> lesson.progress().steps().stream())
                .toList();
        long done = steps.stream().filter(StepProgress::done).count();
        int minutes = data.lessons().stream()
                .mapToInt(lesson -> lesson.progress().minutesLeft())
                .sum();
        begin("progress", "Progress");
        html.open("p class=\"sum\"")
                .element("strong", done + " of " + steps.size() + " steps")
                .text(" done, about " + hours(minutes) + " left. ")
                .close("p");
        html.raw("<progress max=\"" + Math.max(1, steps.size()) + "\" value=\"" + done
                        + "\" aria-label=\"Steps done\">")
                .text(done + " of " + steps.size())
                .close("progress");
        html.open("ul class=\"lessons\"");
        for (ReportData.Lesson lesson : data.lessons()) {
            html.open("li").open("details").open("summary");
            html.raw("<span class=\"name\">")
                    .text(lesson.number() + " " + lesson.progress().title())
                    .raw("</span> ");
            html.raw("<span class=\"signs\" aria-hidden=\"true\">");
            lesson.progress()
                    .steps()
                    .forEach(step -> html.raw("<i class=\"" + style(step) + "\">" + sign(step) + "</i>"));
            html.raw("</span> ");
            html.raw("<span class=\"state\">")
                    .text(state(lesson))
                    .raw("</span>")
                    .close("summary");
            html.open("ol");
            for (StepProgress step : lesson.progress().steps()) {
                html.open("li")
                        .element("span class=\"word " + style(step) + "\"", word(step))
                        .text(" " + step.step().title()
                                + (step.step().core() ? "" : " (stretch)") + ", "
                                + step.step().minutes() + " min"
                                + (step.methods() > 0 ? ", " + step.passed() + " of " + step.methods() + " tests" : ""))
                        .close("li");
            }
            html.close("ol").close("details").close("li");
        }
        html.close("ul").close("section");
    }

    private static String state(ReportData.Lesson lesson) {
        int minutes = lesson.progress().minutesLeft();
        String edited = lesson.progress().editedSince() ? ", edited since" : "";
        return lesson.state() + edited + (minutes > 0 ? ", " + minutes + " min left" : "");
    }

    private void stories() {
        begin("stories", "What went wrong");
        List<ReportData.Lesson> red = data.lessons().stream()
                .filter(lesson -> !lesson.reds().isEmpty())
                .toList();
        if (red.isEmpty()) {
            html.open("p")
                    .text("No failed test in the last runs. A run leaves its story here: ")
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
                run.failures()
                        .forEach(failed -> new FailureView(html)
                                .add(failed, failed == run.failures().get(0)));
            }
            html.close("article");
        }
        html.close("section");
    }

    private void matrix() {
        begin("matrix", "Mistakes caught");
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
                .collect(Collectors.groupingBy(Matrix.Row::lesson, java.util.TreeMap::new, Collectors.toList()));
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

    private void payoff() {
        begin("payoff", "Payoff");
        html.element("p", "What the design of a lesson brings, measured on this machine, before and after.");
        for (ReportData.Lesson lesson : data.lessons()) {
            lesson.chart().ifPresent(chart -> {
                html.open("article")
                        .element("h3", lesson.number() + " " + lesson.progress().title());
                html.raw("<img alt=\"" + chart.texts().get(0) + ": the figures stand below\" src=\"" + chart.url()
                        + "\"/>\n");
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

    private void practices() {
        begin("practices", "Best practices");
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

    private void begin(String id, String title) {
        html.raw("<section id=\"" + id + "\" aria-labelledby=\"" + id + "-title\">\n<h2 id=\"" + id + "-title\">")
                .text(title)
                .close("h2");
    }

    private static String hours(int minutes) {
        return minutes < 90 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
    }

    private static StepState shown(StepProgress step) {
        return step.state() == StepState.DONE && !step.done() ? StepState.TODO : step.state();
    }

    private static String style(StepProgress step) {
        return shown(step).name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String word(StepProgress step) {
        return shown(step).word();
    }

    private static String sign(StepProgress step) {
        return switch (shown(step)) {
            case DONE -> "✔";
            case TODO -> "▸";
            case WRONG -> "✘";
            case WAITING, NOT_RUN -> "·";
        };
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
