package mqworkbook.cli.messages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the judge says about the first problem of an answer, taken apart.
 *
 * @param verdict {@code Step 4, wrong} or {@code Step 4, to do}
 * @param subject the name of the test that failed, or what is to be written
 * @param headline what is wrong, in one sentence; empty for a to-do
 * @param fields the labelled lines (Seen, Means, Suspect, Where), by label
 */
public record Message(String verdict, String subject, String headline, Map<String, String> fields) {

    /** What the last run saw, with its ids and values. */
    public static final String SEEN = "Seen";

    /** What it means in production. */
    public static final String MEANS = "Means";

    /** Which mistake smells like this. */
    public static final String SUSPECT = "Suspect";

    private static final List<String> LABELS = List.of(SEEN, MEANS, SUSPECT, "Case", "Also", "Where", "Hint");
    private static final Pattern HEADING =
            Pattern.compile("(Step \\d+, (?:wrong|to do)|Failed outside of the steps): ?(.*)");

    /** Labels are padded, so that "Seen twice" at the start of a line is none. */
    private static final Pattern FIELD = Pattern.compile("  (" + String.join("|", LABELS) + ")(?: {2,}(\\S.*)|\\s*)");

    private static final Pattern FIELD_OF_TEST = Pattern.compile("  (" + String.join("|", LABELS) + "): (.*)");

    public Message {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads the text that a learner sees, or all that a run has printed.
     *
     * @return empty where it tells of no problem
     */
    public static Optional<Message> parse(String text) {
        List<String> lines = text.replaceAll("\u001b\\[[0-9;]*m", "").lines().toList();
        int at = 0;
        while (at < lines.size() && !HEADING.matcher(lines.get(at)).matches()) {
            at++;
        }
        if (at == lines.size()) {
            return Optional.empty();
        }
        StringBuilder heading = new StringBuilder(lines.get(at++));
        while (at < lines.size() && !lines.get(at).isEmpty() && !lines.get(at).startsWith(" ")) {
            heading.append(' ').append(lines.get(at++).strip());
        }
        Matcher found = HEADING.matcher(heading);
        return found.matches() ? Optional.of(read(found, body(lines, at))) : Optional.empty();
    }

    /**
     * A failed test of a result file.
     *
     * @param step number of its step
     * @param test its display name
     * @param text the text of what it threw
     */
    public static Message ofTest(int step, String test, String text) {
        String body = text.lines()
                .map(line -> FIELD_OF_TEST.matcher(line).replaceFirst("  $1  $2"))
                .map(line -> line.startsWith(" ") ? line : "  " + line)
                .collect(Collectors.joining("\n"));
        return parse("Step " + step + ", wrong: " + test + "\n\n" + body).orElseThrow();
    }

    /** From behind the heading to the empty line that ends the message. */
    private static List<String> body(List<String> lines, int from) {
        int start = from < lines.size() && lines.get(from).isEmpty() ? from + 1 : from;
        List<String> body = new ArrayList<>();
        for (int i = start; i < lines.size() && lines.get(i).startsWith(" "); i++) {
            body.add(lines.get(i));
        }
        return body;
    }

    private static Message read(Matcher heading, List<String> body) {
        StringBuilder headline = new StringBuilder();
        Map<String, String> fields = new LinkedHashMap<>();
        String label = null;
        for (String line : body) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                label = field.group(1);
                fields.putIfAbsent(label, field.group(2) == null ? "" : field.group(2));
            } else if (label != null) {
                fields.merge(label, line.strip(), (text, more) -> (text + " " + more).strip());
            } else if (!line.startsWith("    at ")) {
                headline.append(' ').append(line.strip());
            }
        }
        return new Message(
                heading.group(1), heading.group(2).strip(), headline.toString().strip(), fields);
    }

    /** The text behind a label; empty without it. */
    public String field(String label) {
        return fields.getOrDefault(label, "");
    }

    public boolean isOfStep(int step) {
        return verdict.startsWith("Step " + step + ",");
    }

    /** Whether a step is wrong, not to do. */
    public boolean isWrong() {
        return verdict.endsWith("wrong");
    }

    /**
     * The same without what differs from run to run. The generated case of a property, other problems found on the way, and
     * the hint's file are left out.
     */
    public Message normal() {
        Map<String, String> normal = new LinkedHashMap<>();
        for (String label : List.of(SEEN, MEANS, SUSPECT, "Where")) {
            if (!field(label).isEmpty()) {
                normal.put(label, NormalForm.of(field(label)));
            }
        }
        return new Message(verdict, NormalForm.of(subject), NormalForm.of(headline), normal);
    }

    /** Whether another message is about the same test of the same step, and says the same is wrong. */
    public boolean hasSignatureOf(Message other) {
        return isWrong()
                && verdict.equals(other.verdict)
                && subject.equals(other.subject)
                && headline.equals(other.headline);
    }

    /** How many of Means, Suspect and Seen are those of another message. */
    public int fieldsLike(Message other) {
        return (int) Stream.of(MEANS, SUSPECT, SEEN)
                .filter(label -> field(label).equals(other.field(label)))
                .count();
    }

    /** What one run says like another: all but the values that it saw, and the place. */
    Map<String, String> telling() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("Step", verdict);
        parts.put(isWrong() ? "Test" : "Goal", subject);
        parts.put("Wrong", headline);
        parts.put(MEANS, field(MEANS));
        parts.put(SUSPECT, field(SUSPECT));
        return parts;
    }

    /** The text as the judge prints it, with each part on one line. */
    public String text() {
        StringBuilder text = new StringBuilder(verdict + ": " + subject + "\n");
        if (!headline.isEmpty()) {
            text.append("\n  ").append(headline).append('\n');
        }
        LABELS.stream()
                .filter(fields::containsKey)
                .forEach(label -> text.append("  %-8s %s%n".formatted(label, field(label))));
        return text.toString().replace("\r\n", "\n");
    }
}
