package mqworkbook.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mqworkbook.logs.line.LogLine;
import org.apache.kafka.tools.ProducerPerformance;

/** Kafka's own measuring tool, {@code kafka-producer-perf-test.sh}, in this JVM. */
final class PerformanceTool {

    private static final Pattern RESULT = Pattern.compile("(\\d+) records sent, ([0-9.]+) records/sec");

    private final Map<String, Object> kafka;
    private final Map<String, String> same;
    private final String topic;
    private final Path payload;

    PerformanceTool(Map<String, Object> kafka, Map<String, String> same, String topic, List<LogLine> lines) {
        this.kafka = kafka;
        this.same = same;
        this.topic = topic;
        try {
            payload = Files.createTempFile("lines", ".txt");
            payload.toFile().deleteOnExit();
            Files.writeString(
                    payload,
                    lines.stream()
                            .map(line -> new String(line.write(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double linesPerSecond(int count) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--topic",
                topic,
                "--num-records",
                Integer.toString(count),
                "--payload-file",
                payload.toString(),
                "--throughput",
                "-1",
                "--producer-props"));
        Map<String, Object> settings = new TreeMap<>(kafka);
        settings.putAll(same);
        // The tool refuses a setting without a value.
        settings.values().removeIf(value -> value.toString().isEmpty());
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ProducerPerformance.main(arguments.toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        Matcher result = RESULT.matcher(text);
        double rate = -1;
        while (result.find()) {
            // The last line is that of the whole run.
            if (Integer.parseInt(result.group(1)) == count) {
                rate = Double.parseDouble(result.group(2));
            }
        }
        if (rate < 0) {
            throw new IllegalStateException("The tool has measured nothing:\n" + text);
        }
        return rate;
    }
}
