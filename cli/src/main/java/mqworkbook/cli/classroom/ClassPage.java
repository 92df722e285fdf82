package mqworkbook.cli.classroom;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mqworkbook.cli.page.Html;
import mqworkbook.cli.page.PageFrame;

/** The class as a page that needs nothing else: no network, no script. */
public final class ClassPage {

    private static final String NONE = "\u2013";

    private final Optional<Integer> refreshSeconds;

    /**
     * A page.
     *
     * @param refreshSeconds how often a browser loads it anew; empty for never
     */
    public ClassPage(Optional<Integer> refreshSeconds) {
        this.refreshSeconds = refreshSeconds;
    }

    /** The page's text. */
    public String html(Roster roster, ZonedDateTime now) {
        String time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(now);
        Html html = PageFrame.begin(roster.summary(), ClassPage.class, "class.css", refreshSeconds);
        html.open("main").element("h1", roster.summary());
        table(html, roster);
        complaints(html, roster);
        html.open("p").element("small", "As of " + time + ". " + Roster.AGES).close("p");
        return PageFrame.end(html.close("main"));
    }

    private static void table(Html html, Roster roster) {
        if (roster.seats().isEmpty()) {
            return;
        }
        // The roles are said: a table that is laid out otherwise on a phone would no longer be read out as one.
        html.open("table role=\"table\"").element("caption", "Who needs help first comes first");
        html.open("thead role=\"rowgroup\"").open("tr role=\"row\"");
        for (String head : List.of("Name", "State", "Lesson", "Steps", "At")) {
            html.element("th role=\"columnheader\" scope=\"col\"", head);
        }
        for (String head : List.of("Runs", "Stuck", "Heard")) {
            html.element("th role=\"columnheader\" scope=\"col\" class=\"n\"", head);
        }
        html.close("tr").close("thead").open("tbody role=\"rowgroup\"");
        roster.seats().forEach(seat -> row(html, seat));
        html.close("tbody").close("table");
    }

    private static void row(Html html, Seat seat) {
        LearnerProgress progress = seat.progress();
        html.open("tr role=\"row\" class=\"" + seat.need().word().replace(' ', '-') + "\"")
                .element("th role=\"rowheader\" scope=\"row\"", progress.name());
        cell(html, "State", "need", seat.need().word());
        cell(html, "Lesson", "", progress.lesson());
        steps(html, progress);
        cell(
                html,
                "At",
                "",
                seat.at() + progress.current().map(step -> titled(seat, step)).orElse(""));
        cell(
                html,
                "Runs",
                "n",
                progress.red().map(red -> String.valueOf(red.runs())).orElse(NONE));
        cell(html, "Stuck", "n", seat.stuck().map(Seat::said).orElse(NONE));
        cell(html, "Heard", "n", Seat.said(seat.heard()));
        html.close("tr");
    }

    private static String titled(Seat seat, LearnerProgress.Step step) {
        return seat.need() == Seat.Need.DONE
                ? ""
                : ", " + step.passed() + " of " + step.methods() + " tests \u2013 " + step.title();
    }

    private static void steps(Html html, LearnerProgress progress) {
        String signs = progress.steps().stream().map(ClassPage::sign).collect(Collectors.joining());
        String words = Html.escaped(progress.steps().stream()
                .map(step -> step.number() + " " + step.state().word())
                .collect(Collectors.joining(", ")));
        html.open("td role=\"cell\" class=\"steps\" data-label=\"Steps\"")
                .element("span role=\"img\" aria-label=\"" + words + "\" title=\"" + words + "\"", signs)
                .close("td");
    }

    private static String sign(LearnerProgress.Step step) {
        return switch (step.state()) {
            case DONE -> "\u2714";
            case TODO -> "\u25b8";
            case WRONG -> "\u2718";
            case PARTLY, WAITING, NOT_RUN -> "\u00b7";
        };
    }

    private static void cell(Html html, String label, String type, String text) {
        html.element("td role=\"cell\" class=\"" + type + "\" data-label=\"" + label + "\"", text);
    }

    private static void complaints(Html html, Roster roster) {
        if (!roster.complaints().isEmpty()) {
            html.element("h2", "Files that were left out").open("ul");
            roster.complaints().forEach(complaint -> html.element("li", complaint));
            html.close("ul");
        }
    }
}
