package mqworkbook.cli.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mqworkbook.workbench.story.Scene;
import mqworkbook.workbench.story.Story;

/** A story as lines of at most 80 columns: mark, time, who to whom, what, which message, what else is known. */
public final class StoryText {

    private static final int WIDTH = 80;
    private static final int LINES = 12;
    private static final int WIDEST_LANE = 14;
    private static final int WIDEST_WHAT = 16;
    private static final int WIDEST_MESSAGE = 18;

    private final boolean symbols;
    private final UnaryOperator<String> emphasis;

    /**
     * A writer.
     *
     * @param symbols whether signs outside of ASCII may be used
     * @param emphasis how a line of the finding looks; its mark stays in any case
     */
    public StoryText(boolean symbols, UnaryOperator<String> emphasis) {
        this.symbols = symbols;
        this.emphasis = emphasis;
    }

    /** About a dozen lines, in the order of time. */
    public List<String> lines(Story story) {
        List<Scene> scenes = story.folded(LINES).scenes();
        int from = width(scenes, scene -> who(scene.from()), WIDEST_LANE);
        int to = width(scenes, scene -> isWithin(scene) ? "" : scene.to(), WIDEST_LANE);
        int what = width(scenes, scene -> scene.from().isEmpty() ? "" : scene.what(), WIDEST_WHAT);
        int message = width(scenes, Scene::message, WIDEST_MESSAGE);
        List<String> lines = new ArrayList<>();
        for (Scene scene : scenes) {
            if (scene.isFold()) {
                lines.add(" ".repeat(13) + (symbols ? "…" : "...") + " " + scene.more() + " more");
                continue;
            }
            String arrow = isWithin(scene) ? "  " : symbols ? "→ " : "> ";
            String line = mark(scene) + String.format(Locale.ROOT, "%9.1f  ", scene.millis())
                    + pad(who(scene.from()), from) + " " + arrow + pad(isWithin(scene) ? "" : scene.to(), to)
                    + (to == 0 ? "" : " ") + pad(scene.what(), scene.from().isEmpty() ? 0 : what) + "  "
                    + pad(scene.message(), message) + (message == 0 ? "" : " ") + scene.detail();
            line = cut(line.stripTrailing(), WIDTH);
            lines.add(scene.marked() ? emphasis.apply(line) : line);
        }
        return lines;
    }

    private String mark(Scene scene) {
        if (scene.marked()) {
            return "* ";
        }
        return scene.harm() ? "! " : "  ";
    }

    private static boolean isWithin(Scene scene) {
        return scene.from().equals(scene.to());
    }

    private static String who(String lane) {
        return lane.isEmpty() ? "(test)" : lane;
    }

    private int width(List<Scene> scenes, Function<Scene, String> column, int widest) {
        int width = scenes.stream()
                .filter(scene -> !scene.isFold())
                .mapToInt(scene -> column.apply(scene).length())
                .max()
                .orElse(0);
        return Math.min(width, widest);
    }

    private String pad(String text, int width) {
        String cut = width == 0 ? text : cut(text, width);
        return cut + " ".repeat(Math.max(0, width - cut.length()));
    }

    private String cut(String text, int width) {
        String plain = text.replaceAll("\\s", " ");
        String shown = symbols ? plain : plain.replace("…", "...");
        String end = symbols ? "…" : "..";
        return shown.length() <= width ? shown : shown.substring(0, Math.max(0, width - end.length())) + end;
    }
}
