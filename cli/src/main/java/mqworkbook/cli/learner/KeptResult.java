package mqworkbook.cli.learner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.files.WholeFile;
import mqworkbook.workbench.judge.report.StepState;

/** The result of the learner's last run, kept while a test of it is run again alone, whose result knows nothing of the rest. */
public final class KeptResult {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Optional<JsonNode> kept;

    private KeptResult(Path file) {
        this.file = file;
        this.kept = read(file);
    }

    /** Takes what is there now. */
    public static KeptResult of(LessonFiles lesson) {
        return new KeptResult(lesson.result("skeleton"));
    }

    /** Puts back into a newer result what its run was not asked for: other steps, and the step's other tests. */
    public void completeNewer() {
        Optional<JsonNode> newer = read(file);
        if (kept.isEmpty() || newer.isEmpty() || newer.equals(kept)) {
            return;
        }
        Map<Integer, JsonNode> before = new HashMap<>();
        kept.get().path("steps").forEach(step -> before.put(step.path("number").asInt(), step));
        ArrayNode steps = JSON.createArrayNode();
        for (JsonNode step : newer.get().path("steps")) {
            JsonNode known = before.getOrDefault(step.path("number").asInt(), step);
            steps.add(step.path("state").asText().equals(StepState.NOT_RUN.name()) ? known : completed(step, known));
        }
        try {
            WholeFile.write(file, ((ObjectNode) newer.get()).set("steps", steps).toString());
        } catch (IOException e) {
            // It stays as the run has left it: true, and less.
        }
    }

    /** A test that fails again has changed nothing about how many pass. */
    private static JsonNode completed(JsonNode step, JsonNode known) {
        ObjectNode completed = step.deepCopy();
        Set<String> names = new HashSet<>();
        step.path("tests").forEach(test -> names.add(test.path("name").asText()));
        for (JsonNode test : known.path("tests")) {
            if (!names.contains(test.path("name").asText())) {
                completed.withArray("tests").add(test);
            }
        }
        return completed.set("passed", known.path("passed"));
    }

    private static Optional<JsonNode> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(JSON.readTree(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
