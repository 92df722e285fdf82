package mqworkbook.cli.report;

import java.util.List;
import java.util.Locale;
import mqworkbook.cli.page.Html;
import mqworkbook.workbench.story.Scene;
import mqworkbook.workbench.story.Story;

/** A story as lanes for the eye, and as an ordered list for everyone else. */
final class StoryView {

    private static final int MOST_ROWS = 40;

    private final Html html;

    StoryView(Html html) {
        this.html = html;
    }

    void add(Story story) {
        html.open("figure class=\"story\"");
        html.open("figcaption")
                .raw("<span class=\"key mark\">★</span> about the messages that the failure names ")
                .raw("<span class=\"key hurt\">⚡</span> done to the system")
                .close("figcaption");
        html.open("div class=\"lanes\" aria-hidden=\"true\" style=\"--n:"
                + Math.max(1, story.lanes().size()) + "\"");
        html.open("div class=\"row head\"").element("span class=\"t\"", "ms").open("div class=\"track\"");
        story.lanes().forEach(lane -> html.element("span", lane));
        html.close("div").close("div");
        story.folded(MOST_ROWS).scenes().forEach(scene -> row(story.lanes(), scene));
        html.close("div");
        html.open("details").element("summary", "The same as a list");
        html.open("ol");
        story.scenes().forEach(scene -> html.element("li", sentence(scene)));
        html.close("ol").close("details").close("figure");
    }

    private void row(List<String> lanes, Scene scene) {
        if (scene.isFold()) {
            html.open("div class=\"row fold\"")
                    .element("span class=\"t\"", "")
                    .element("span", "… " + scene.more() + " more")
                    .close("div");
            return;
        }
        String kind = scene.marked() ? " marked" : scene.harm() ? " harm" : "";
        html.open("div class=\"row" + kind + "\"")
                .element("span class=\"t\"", millis(scene))
                .open("div class=\"track\"");
        int from = Math.max(0, lanes.indexOf(scene.from()));
        int to = Math.max(0, lanes.indexOf(scene.to()));
        boolean everybody = scene.from().isEmpty();
        int left = everybody ? 0 : Math.min(from, to);
        int right = everybody ? lanes.size() - 1 : Math.max(from, to);
        boolean within = from == to && !everybody;
        // What happens in one lane is told beside it, where there is more room.
        boolean end = within && from > (lanes.size() - 1) / 2;
        int first = within && end ? 0 : left;
        int last = within && !end ? lanes.size() - 1 : right;
        String place = within ? (end ? " end" : " begin") : "";
        html.open("span class=\"label" + place + "\" style=\"" + columns(first, last) + "\"")
                .open("span");
        html.raw(scene.marked() ? "<i>★</i> " : scene.harm() ? "<i>⚡</i> " : "").text(scene.what());
        if (!scene.message().isEmpty()) {
            html.raw(" ").open("b").text(scene.message()).close("b");
        }
        if (!scene.detail().isEmpty()) {
            html.raw(" ").open("small").text(scene.detail()).close("small");
        }
        html.close("span").close("span");
        String shape = everybody ? "wall" : within ? "dot" : from < to ? "arrow" : "arrow back";
        html.raw("<span class=\"" + shape + "\" style=\"" + columns(left, right) + "\"></span>")
                .close("div")
                .close("div");
    }

    private static String columns(int first, int last) {
        return "grid-column:" + (first + 1) + " / " + (last + 2) + ";--k:" + (last - first + 1);
    }

    private static String sentence(Scene scene) {
        if (scene.isFold()) {
            return scene.more() + " more events";
        }
        String who = scene.from().isEmpty() ? "the test" : scene.from();
        String whom = scene.from().equals(scene.to()) ? "" : " to " + scene.to();
        String detail = scene.detail().isEmpty() ? "" : " (" + scene.detail() + ")";
        String mark = scene.marked() ? " [named by the failure]" : scene.harm() ? " [done to the system]" : "";
        return (millis(scene) + " ms, " + who + whom + ": " + scene.what() + " " + scene.message()).strip()
                + detail
                + mark;
    }

    private static String millis(Scene scene) {
        return String.format(Locale.ROOT, "%.1f", scene.millis());
    }
}
