package mqworkbook.cli.learner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.report.StepState;

/**
 * What the last run of the learner's code has left, by launcher or Maven. A run from an IDE leaves nothing.
 *
 * @param complete whether every step was done
 * @param message what the learner read: the first problem, or that there is none
 * @param sources a fingerprint of the files that were judged; empty where the result has none
 * @param steps by their number
 * @param time when it was written
 */
record LastResult(boolean complete, String message, String sources, Map<Integer, Step> steps, FileTime time) {

    /** How far one step was. */
    record Step(StepState state, int waitingFor, int passed, int methods) {}

    /** Reads it; empty where there is none, or none that can be understood. */
    static Optional<LastResult> of(LessonFiles lesson) {
        Path file = lesson.result("skeleton");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            Map<Integer, Step> steps = new TreeMap<>();
            for (JsonNode step : json.path("steps")) {
                steps.put(step.path("number").asInt(), step(step));
            }
            return Optional.of(new LastResult(
                    json.path("complete").asBoolean(),
                    json.path("message").asText(),
                    json.path("sources").asText(),
                    steps,
                    Files.getLastModifiedTime(file)));
        } catch (IOException | IllegalArgumentException e) {
            // Of another version of the workbook, or cut off by a full disk: the next run writes it anew.
            return Optional.empty();
        }
    }

    private static Step step(JsonNode json) {
        return new Step(
                StepState.valueOf(json.path("state").asText()),
                json.path("waitingFor").asInt(),
                json.path("passed").asInt(),
                json.path("methods").asInt());
    }
}
