package mqworkbook.cli.story;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.report.StepState;
import mqworkbook.workbench.story.Story;

/**
 * The result of one run, as it lies below the lesson's {@code target}.
 *
 * @param lesson whose it is
 * @param answer whose code was judged: {@code skeleton} for the learner's own
 * @param time when it was written
 * @param message what the learner read
 * @param failures the failed tests, in the order of the steps
 */
public record RunResultFile(
        LessonFiles lesson, String answer, FileTime time, String message, List<FailedTest> failures) {

    /**
     * A failed test.
     *
     * @param toDo whether its step waits to be written, which is no mistake
     * @param story there where something was seen while it ran
     */
    public record FailedTest(int step, boolean toDo, String name, String text, Optional<Story> story) {}

    private static final String NAME = "workbook-result.json";

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /** Where the results of a lesson lie, the newest first. */
    public static List<Path> files(LessonFiles lesson) {
        Path target = lesson.folder().resolve("target");
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> answers = Files.list(target)) {
            return answers.map(answer -> answer.resolve(NAME))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing((Path file) -> time(file)).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(target + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The newest of several lessons. */
    public static Optional<Path> newest(List<LessonFiles> lessons) {
        return lessons.stream()
                .flatMap(lesson -> files(lesson).stream().limit(1))
                .max(Comparator.comparing((Path file) -> time(file)));
    }

    /** The lesson that a result is of. */
    public static LessonFiles lesson(List<LessonFiles> lessons, Path file) {
        return lessons.stream()
                .filter(lesson -> file.startsWith(lesson.folder()))
                .findFirst()
                .orElseThrow();
    }

    /** Reads one; empty where it cannot be understood: it is of another version, or was cut off. */
    public static Optional<RunResultFile> read(LessonFiles lesson, Path file) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (!json.path("steps").isArray()) {
                return Optional.empty();
            }
            List<FailedTest> failures = new ArrayList<>();
            for (JsonNode step : json.path("steps")) {
                for (JsonNode test : step.path("tests")) {
                    if (test.path("state").asText().equals("FAILED")) {
                        failures.add(new FailedTest(
                                step.path("number").asInt(),
                                step.path("state").asText().equals(StepState.TODO.name()),
                                test.path("name").asText(),
                                test.path("text").asText(),
                                story(test.path("story"))));
                    }
                }
            }
            String answer = file.getParent().getFileName().toString();
            return Optional.of(new RunResultFile(
                    lesson, answer, time(file), json.path("message").asText(), failures));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it is of the learner's own code. */
    public boolean isOwn() {
        return answer.equals("skeleton");
    }

    /** The failures of steps that are written, and wrong. */
    public List<FailedTest> wrong() {
        return failures.stream().filter(failed -> !failed.toDo()).toList();
    }

    /** The first failure. */
    public Optional<FailedTest> firstFailure() {
        return failures.stream().findFirst();
    }

    private static Optional<Story> story(JsonNode json) throws IOException {
        return json.isObject() ? Optional.of(JSON.treeToValue(json, Story.class)) : Optional.empty();
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // Gone in the meantime.
            return FileTime.fromMillis(0);
        }
    }
}
