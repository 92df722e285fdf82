package mqworkbook.cli.classroom;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mqworkbook.workbench.judge.report.StepState;

/** The document that is shared, as JSON. It comes from other people's machines: nothing in it is believed. */
public final class ProgressJson {

    /** What a document may at most have, in bytes; one of ten steps has about two thousand. */
    public static final int LIMIT = 64 * 1024;

    private static final int LONGEST = 120;
    private static final int MOST_STEPS = 50;
    private static final int MOST_RUNS = 100_000;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\u2028\\u2029]+");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ProgressJson() {}

    /** A document that cannot be used. The message completes "this file ...". */
    public static final class BadProgressException extends Exception {

        private static final long serialVersionUID = 1L;

        BadProgressException(String message) {
            super(message);
        }
    }

    /** Writes it, on several lines. */
    public static String write(LearnerProgress progress) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(progress.object()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Reads it. Control characters are taken out of all texts, and texts are cut: they go to a terminal and to a page.
     *
     * @throws BadProgressException if it is anything else, in whatever way
     */
    public static LearnerProgress read(byte[] bytes) throws BadProgressException {
        if (bytes.length > LIMIT) {
            throw new BadProgressException("is larger than progress can be");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (IOException | RuntimeException e) {
            throw new BadProgressException("is no JSON, or only a part of it");
        }
        if (!json.path("format").isInt()) {
            throw new BadProgressException("is not progress of a workbook");
        }
        if (json.path("format").asInt() != LearnerProgress.FORMAT) {
            throw new BadProgressException("is in form " + json.path("format").asInt() + "; this workbook reads form "
                    + LearnerProgress.FORMAT + ": ./workbook update, here or there");
        }
        try {
            return progress(json);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new BadProgressException("is not progress of a workbook: " + clean(String.valueOf(e.getMessage())));
        }
    }

    private static LearnerProgress progress(JsonNode json) {
        String id = json.path("id").asText();
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("its id is not 16 hexadecimal digits");
        }
        List<LearnerProgress.Step> steps = new ArrayList<>();
        for (JsonNode step : json.path("steps")) {
            steps.add(new LearnerProgress.Step(
                    count(step, "number", MOST_STEPS),
                    text(step, "title"),
                    StepState.valueOf(step.path("state").asText()),
                    count(step, "passed", MOST_RUNS),
                    count(step, "methods", MOST_RUNS)));
        }
        if (steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("it has " + steps.size() + " steps");
        }
        List<String> done = new ArrayList<>();
        json.path("done").forEach(lesson -> done.add(clean(lesson.asText())));
        String name = text(json, "name");
        return new LearnerProgress(
                id,
                name.isBlank() ? "(no name)" : name,
                time(json, "sent").orElseThrow(() -> new IllegalArgumentException("it does not say when it was sent")),
                text(json, "lesson"),
                text(json, "title"),
                steps,
                json.path("judged").asBoolean(true),
                time(json, "lastRun"),
                json.path("red").isObject() ? Optional.of(red(json.path("red"))) : Optional.empty(),
                done);
    }

    private static LearnerProgress.Red red(JsonNode json) {
        Instant since = time(json, "since").orElseThrow(() -> new IllegalArgumentException("red without a time"));
        return new LearnerProgress.Red(
                count(json, "step", MOST_STEPS),
                since,
                count(json, "runs", MOST_RUNS),
                time(json, "lastProgress").orElse(since),
                count(json, "runsSinceProgress", MOST_RUNS));
    }

    private static Optional<Instant> time(JsonNode json, String field) {
        return json.path(field).isTextual()
                ? Optional.of(Instant.parse(json.path(field).asText()))
                : Optional.empty();
    }

    private static int count(JsonNode json, String field, int most) {
        int count = json.path(field).asInt(-1);
        if (count < 0 || count > most) {
            throw new IllegalArgumentException(field + " is missing, or no count");
        }
        return count;
    }

    private static String text(JsonNode json, String field) {
        return clean(json.path(field).asText());
    }

    /** Without what moves a cursor, turns the direction of writing or cannot be seen; at most 120 characters. */
    public static String clean(String text) {
        String visible = NO_TEXT.matcher(text).replaceAll(" ").strip();
        return visible.codePointCount(0, visible.length()) <= LONGEST
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, LONGEST));
    }
}
