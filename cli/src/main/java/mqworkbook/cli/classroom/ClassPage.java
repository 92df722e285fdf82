package mqworkbook.cli.classroom;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;

/** The class as a page that needs nothing else: no network, no script. */
public final class ClassPage {

    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1c1f23;--paper:#fff;--line:#c9ced6;--stuck:#a8200d;--done:#19692c}
            @media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--paper:#16191d;--line:#454c56;--stuck:#ff9b85;--done:#7fd694}}
            body{margin:1rem auto;max-width:70rem;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
            h1{font-size:1.4rem}table{border-collapse:collapse;width:100%}
            caption{text-align:left;padding:.3rem 0}
            th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
            thead th{white-space:nowrap}tbody th{overflow-wrap:anywhere}
            .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .stuck .need{color:var(--stuck);font-weight:bold}.done .need{color:var(--done)}
            .steps{white-space:nowrap}.steps span{letter-spacing:.15em}
            @media(max-width:40rem){thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}
            tr{display:grid;grid-template-columns:1fr 1fr;border-bottom:2px solid var(--line);padding:.4rem 0}
            tbody th{grid-column:1/3}th,td{border:0;padding:.1rem .3rem}.n{text-align:left}
            td::before{content:attr(data-label) ": ";opacity:.75}}
            """;

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
        String refresh = refreshSeconds
                .map(seconds -> "<meta http-equiv=\"refresh\" content=\"" + seconds + "\">\n")
                .orElse("");
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                %s<title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s%s<p><small>As of %s. %s</small></p>
                </main>
                </body>
                </html>
                """.formatted(
                        refresh,
                        escaped(roster.summary()),
                        STYLE,
                        escaped(roster.summary()),
                        table(roster),
                        complaints(roster),
                        time,
                        escaped(Roster.AGES));
    }

    private static String table(Roster roster) {
        if (roster.seats().isEmpty()) {
            return "";
        }
        // The roles are said: a table that is laid out otherwise on a phone would no longer be read out as one.
        return """
                <table role="table">
                <caption>Who needs help first comes first</caption>
                <thead role="rowgroup">
                <tr role="row">%s</tr>
                </thead>
                <tbody role="rowgroup">
                %s</tbody>
                </table>
                """.formatted(
                        head("Name", "")
                                + head("State", "")
                                + head("Lesson", "")
                                + head("Steps", "")
                                + head("At", "")
                                + head("Runs", "n")
                                + head("Stuck", "n")
                                + head("Heard", "n"),
                        roster.seats().stream().map(ClassPage::row).collect(Collectors.joining()));
    }

    private static String head(String text, String type) {
        return "<th role=\"columnheader\" scope=\"col\" class=\"" + type + "\">" + text + "</th>";
    }

    private static String row(Seat seat) {
        LearnerProgress progress = seat.progress();
        String css = seat.need().word().replace(' ', '-');
        return "<tr role=\"row\" class=\"" + css + "\"><th role=\"rowheader\" scope=\"row\">" + escaped(progress.name())
                + "</th>"
                + cell("State", "need", seat.need().word())
                + cell("Lesson", "", progress.lesson())
                + steps(progress)
                + cell(
                        "At",
                        "",
                        seat.at()
                                + progress.current()
                                        .map(step -> titled(seat, step))
                                        .orElse(""))
                + cell(
                        "Runs",
                        "n",
                        progress.red().map(red -> String.valueOf(red.runs())).orElse("\u2013"))
                + cell("Stuck", "n", seat.stuck().map(Seat::said).orElse("\u2013"))
                + cell("Heard", "n", Seat.said(seat.heard()))
                + "</tr>\n";
    }

    private static String titled(Seat seat, LearnerProgress.Step step) {
        return seat.need() == Seat.Need.DONE
                ? ""
                : ", " + step.passed() + " of " + step.methods() + " tests \u2013 " + step.title();
    }

    private static String steps(LearnerProgress progress) {
        String signs = progress.steps().stream().map(ClassPage::sign).collect(Collectors.joining());
        String words = progress.steps().stream()
                .map(step -> step.number() + " " + step.state().word())
                .collect(Collectors.joining(", "));
        return "<td role=\"cell\" class=\"steps\" data-label=\"Steps\"><span role=\"img\" aria-label=\""
                + escaped(words) + "\" title=\"" + escaped(words) + "\">" + signs + "</span></td>";
    }

    private static String sign(LearnerProgress.Step step) {
        return switch (step.state()) {
            case DONE -> "\u2714";
            case TODO -> "\u25b8";
            case WRONG -> "\u2718";
            case PARTLY, WAITING, NOT_RUN -> "\u00b7";
        };
    }

    private static String cell(String label, String type, String text) {
        return "<td role=\"cell\" class=\"" + type + "\" data-label=\"" + label + "\">" + escaped(text) + "</td>";
    }

    private static String complaints(Roster roster) {
        return roster.complaints().isEmpty()
                ? ""
                : roster.complaints().stream()
                        .map(complaint -> "<li>" + escaped(complaint) + "</li>\n")
                        .collect(Collectors.joining("", "<h2>Files that were left out</h2>\n<ul>\n", "</ul>\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
