package mqworkbook.workbench.judge.report;

import java.util.stream.Collectors;

/** The result of a lesson as JSON, for the launcher, the watch loop and the reports. */
final class ResultJson {

    private ResultJson() {}

    /**
     * One object: lesson, title, complete, sources (a fingerprint of the learner's files), message and steps; in a step
     * number, title, core, minutes, state, waitingFor, passed, methods and tests; in a test name, state, millis, text (of
     * the failure, or why it was skipped) and, of a failed test, its {@link StoryJson story} where there is one.
     */
    static String of(LessonResult lesson, String message, String sources) {
        String steps = lesson.steps().stream().map(ResultJson::step).collect(Collectors.joining(",\n"));
        return "{\"lesson\": %s, \"title\": %s, \"complete\": %s, \"sources\": %s,\n \"message\": %s,\n \"steps\": [\n%s]}\n"
                .formatted(
                        quoted(lesson.number()),
                        quoted(lesson.title()),
                        lesson.complete(),
                        quoted(sources),
                        quoted(message.strip()),
                        steps);
    }

    private static String step(StepResult step) {
        String tests = step.tests().stream().map(ResultJson::test).collect(Collectors.joining(",\n"));
        return ("  {\"number\": %d, \"title\": %s, \"core\": %s, \"minutes\": %d, \"state\": %s, \"waitingFor\": %d,"
                        + " \"passed\": %d, \"methods\": %d,\n   \"tests\": [%s]}")
                .formatted(
                        step.number(),
                        quoted(step.title()),
                        step.core(),
                        step.minutes(),
                        quoted(step.state().name()),
                        step.waitingFor(),
                        step.passed(),
                        step.methods(),
                        tests.isEmpty() ? "" : "\n" + tests);
    }

    private static String test(TestResult test) {
        String text = test.failure() == null
                ? test.reason()
                : String.valueOf(test.failure().getMessage());
        String story = test.story() == null ? "" : ",\n     \"story\": " + StoryJson.of(test.story());
        return "    {\"name\": %s, \"state\": %s, \"millis\": %d, \"text\": %s%s}"
                .formatted(quoted(test.name()), quoted(test.state().name()), test.millis(), quoted(text), story);
    }

    /** A JSON string (RFC 8259, section 7); all beyond ASCII is escaped, so that no reader's encoding matters. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> json.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : c);
            }
        }
        return json.append('"').toString();
    }
}
