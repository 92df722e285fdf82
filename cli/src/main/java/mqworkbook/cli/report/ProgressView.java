package mqworkbook.cli.report;

import java.util.List;
import java.util.Locale;
import mqworkbook.cli.learner.StepProgress;
import mqworkbook.cli.page.Html;
import mqworkbook.workbench.judge.report.StepState;

/** How far the learner is: lessons, steps, states, minutes left. */
final class ProgressView {

    private final Html html;
    private final ReportData data;

    ProgressView(Html html, ReportData data) {
        this.html = html;
        this.data = data;
    }

    void add() {
        List<StepProgress> steps = data.lessons().stream()
                .flatMap(lesson -> lesson.progress().steps().stream())
                .toList();
        long done = steps.stream().filter(StepProgress::done).count();
        int minutes = data.lessons().stream()
                .mapToInt(lesson -> lesson.progress().minutesLeft())
                .sum();
        html.section("progress", "Progress");
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

    private static String hours(int minutes) {
        return minutes < 90 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
    }

    private static StepState shown(StepProgress step) {
        return step.state() == StepState.DONE && !step.done() ? StepState.TODO : step.state();
    }

    private static String style(StepProgress step) {
        return shown(step).name().toLowerCase(Locale.ROOT);
    }

    private static String word(StepProgress step) {
        return shown(step).word();
    }

    private static String sign(StepProgress step) {
        return switch (shown(step)) {
            case DONE -> "✔";
            case TODO -> "▸";
            case WRONG -> "✘";
            case PARTLY, WAITING, NOT_RUN -> "·";
        };
    }
}
