package mqworkbook.workbench.judge.report;

import static mqworkbook.workbench.judge.report.ResultJson.quoted;

import java.util.Locale;
import java.util.stream.Collectors;
import mqworkbook.workbench.story.Scene;
import mqworkbook.workbench.story.Story;

/** A story as JSON, under the names of its records' parts; what is empty, false or 0 is left out. */
final class StoryJson {

    private StoryJson() {}

    static String of(Story story) {
        String lanes = story.lanes().stream().map(ResultJson::quoted).collect(Collectors.joining(", "));
        String scenes = story.scenes().stream().map(StoryJson::scene).collect(Collectors.joining(",\n      "));
        return "{\"lanes\": [%s], \"scenes\": [\n      %s]}".formatted(lanes, scenes);
    }

    private static String scene(Scene scene) {
        StringBuilder json = new StringBuilder(String.format(Locale.ROOT, "{\"millis\": %.1f", scene.millis()));
        if (scene.isFold()) {
            return json.append(", \"more\": ").append(scene.more()).append('}').toString();
        }
        text(json, "from", scene.from());
        text(json, "to", scene.to());
        text(json, "what", scene.what());
        text(json, "message", scene.message());
        text(json, "detail", scene.detail());
        flag(json, "marked", scene.marked());
        flag(json, "harm", scene.harm());
        return json.append('}').toString();
    }

    private static void text(StringBuilder json, String name, String value) {
        if (!value.isEmpty()) {
            json.append(", \"").append(name).append("\": ").append(quoted(value));
        }
    }

    private static void flag(StringBuilder json, String name, boolean value) {
        if (value) {
            json.append(", \"").append(name).append("\": true");
        }
    }
}
