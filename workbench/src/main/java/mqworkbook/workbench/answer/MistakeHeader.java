package mqworkbook.workbench.answer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mistake says about itself, at the top of the first of its files:
 *
 * <pre>{@code
 * // Mistake:   auto-ack
 * // Wrong:     The broker forgets the message when it hands it over, not when the work is done.
 * // Shows as:  After a deploy, a handful of orders were never shipped and no queue holds them.
 * // Caught in: step 4
 * // Says:      "before the work was done"; "E-"
 * }</pre>
 *
 * <p>A text may go on in the next comment line.
 *
 * @param name the folder's name
 * @param wrong what is wrong in the code
 * @param showsAs how it shows in production
 * @param step number of the step that must catch it
 * @param says phrases that the learner's message must contain
 */
public record MistakeHeader(String name, String wrong, String showsAs, int step, List<String> says) {

    private static final List<String> KEYS = List.of("Mistake", "Wrong", "Shows as", "Caught in", "Says");
    private static final Pattern FIELD = Pattern.compile("//\\s*(" + String.join("|", KEYS) + "):\\s*(.*)");
    private static final Pattern STEP = Pattern.compile("step (\\d+)");
    private static final Pattern PHRASES = Pattern.compile("\"[^\"]+\"(\\s*;\\s*\"[^\"]+\")*");
    private static final Pattern PHRASE = Pattern.compile("\"([^\"]+)\"");

    /**
     * Reads the header of a mistake.
     *
     * @param mistake the mistake's folder
     * @throws AnswerException naming the file and what its header lacks
     */
    public static MistakeHeader of(Path mistake) {
        List<Path> files = List.copyOf(SourceTree.of(mistake).files().values());
        if (files.isEmpty()) {
            throw new AnswerException("The mistake " + mistake + " holds no Java file.");
        }
        Path first = files.get(0);
        MistakeHeader header = parse(JavaSource.read(first).text(), first);
        if (!header.name().equals(mistake.getFileName().toString())) {
            throw new AnswerException(first + ": the header names the mistake " + header.name()
                    + ", its folder is called " + mistake.getFileName() + ".");
        }
        return header;
    }

    static MistakeHeader parse(String source, Path file) {
        Map<String, String> fields = fields(source);
        for (String key : KEYS) {
            if (fields.getOrDefault(key, "").isBlank()) {
                throw new AnswerException(file + ": the header needs a line \"// " + key + ": ...\"; it has "
                        + (fields.isEmpty() ? "none of its lines" : String.join(", ", fields.keySet())) + ".");
            }
        }
        Matcher step = STEP.matcher(fields.get("Caught in"));
        if (!step.matches()) {
            throw new AnswerException(
                    file + ": \"Caught in:\" must read like \"step 4\", not \"" + fields.get("Caught in") + "\".");
        }
        if (!PHRASES.matcher(fields.get("Says")).matches()) {
            throw new AnswerException(file + ": \"Says:\" needs phrases in double quotes with semicolons between"
                    + " them, not " + fields.get("Says") + ".");
        }
        List<String> says = PHRASE.matcher(fields.get("Says"))
                .results()
                .map(phrase -> phrase.group(1))
                .toList();
        return new MistakeHeader(
                fields.get("Mistake"),
                fields.get("Wrong"),
                fields.get("Shows as"),
                Integer.parseInt(step.group(1)),
                says);
    }

    private static Map<String, String> fields(String source) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> comments = new ArrayList<>();
        source.lines()
                .map(String::strip)
                .takeWhile(line -> line.startsWith("//"))
                .forEach(comments::add);
        String key = null;
        for (String comment : comments) {
            Matcher field = FIELD.matcher(comment);
            if (field.matches()) {
                key = field.group(1);
                fields.put(key, field.group(2).strip());
            } else if (key != null) {
                fields.merge(key, comment.substring(2).strip(), (text, more) -> (text + " " + more).strip());
            }
        }
        return fields;
    }
}
