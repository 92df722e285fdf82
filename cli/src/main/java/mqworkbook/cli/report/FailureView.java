package mqworkbook.cli.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.cli.page.Html;
import mqworkbook.cli.story.RunResultFile.FailedTest;

/** A failed test: what it requires, what was wrong, and its story. */
final class FailureView {

    private static final Pattern FIELD = Pattern.compile("  (Seen|Means|Suspect|Case): (.*)");

    private final Html html;

    FailureView(Html html) {
        this.html = html;
    }

    /** The first of a run is there to be read; the others, which mostly have the same cause, wait to be opened. */
    void add(FailedTest failed, boolean first) {
        html.open("details class=\"failure\"" + (first ? " open=\"open\"" : ""));
        html.open("summary")
                .element("h4", "Step " + failed.step() + ": " + failed.name())
                .close("summary");
        text(failed.text());
        failed.story()
                .ifPresentOrElse(
                        new StoryView(html)::add,
                        () -> html.element("p class=\"quiet\"", "No story: no message passed while this test ran."));
        html.close("details");
    }

    /** The requirement as a sentence, the rest by its labels. */
    private void text(String text) {
        StringBuilder sentence = new StringBuilder();
        Html fields = new Html();
        String label = "";
        StringBuilder value = new StringBuilder();
        for (String line : text.split("\\R")) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                field(fields, label, value);
                label = field.group(1);
                value = new StringBuilder(field.group(2));
            } else {
                (label.isEmpty() ? sentence : value).append('\n').append(line.strip());
            }
        }
        field(fields, label, value);
        html.element("p class=\"wrong\"", sentence.toString().strip());
        if (!fields.toString().isEmpty()) {
            html.open("dl").raw(fields.toString()).close("dl");
        }
    }

    private static void field(Html fields, String label, CharSequence value) {
        if (!label.isEmpty()) {
            fields.element("dt", label).element("dd", value.toString());
        }
    }
}
