package mqworkbook.cli.learner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mqworkbook.cli.messages.Message;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.report.StepState;

/**
 * What the last run of the learner's code has left, by launcher, Maven or IDE; a green run of a few tests leaves none.
 *
 * @param complete whether every step was done
 * @param message what the learner read: the first problem, or that there is none
 * @param sources a fingerprint of the files that were judged; empty where the result has none
 * @param steps by their number
 * @param failures the failed tests of the steps that are wrong; the first is what the message tells of
 * @param time when it was written
 */
record LastResult(
        boolean complete,
        String message,
        String sources,
        Map<Integer, Step> steps,
        List<Message> failures,
        FileTime time) {

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
            List<Message> failures = new ArrayList<>();
            for (JsonNode step : json.path("steps")) {
                steps.put(step.path("number").asInt(), step(step));
                failures.addAll(failures(step));
            }
            String message = json.path("message").asText();
            if (!failures.isEmpty()) {
                // It says more than the test's own text: the kind of an exception, and its causes.
                Message.parse(message).filter(Message::isWrong).ifPresent(first -> failures.set(0, first));
            }
            return Optional.of(new LastResult(
                    json.path("complete").asBoolean(),
                    message,
                    json.path("sources").asText(),
                    steps,
                    List.copyOf(failures),
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

    private static List<Message> failures(JsonNode step) {
        List<Message> failures = new ArrayList<>();
        if (step.path("state").asText().equals(StepState.WRONG.name())) {
            for (JsonNode test : step.path("tests")) {
                if (test.path("state").asText().equals("FAILED")) {
                    failures.add(Message.ofTest(
                            step.path("number").asInt(),
                            test.path("name").asText(),
                            test.path("text").asText()));
                }
            }
        }
        return failures;
    }
}
