package mqworkbook.ordering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.BenchmarkProcessor;

/** Runs a benchmark of this package with JMH, in JVMs of its own: what its processor makes of it is compiled first. */
final class Jmh {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private Jmh() {}

    /** The score of each benchmark method, by its name. The working folder is the lesson's. */
    static Map<String, Double> scores(Class<?> benchmark) throws IOException, InterruptedException {
        Path folder = Path.of("target", "payoff", "jmh").toAbsolutePath();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(Path.of("src/test/java", benchmark.getName().replace('.', '/') + ".java"), classes);
        Path results = folder.resolve("results.json");
        Path log = folder.resolve("log.txt");
        Process jmh = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        classes + File.pathSeparator + CLASS_PATH,
                        "org.openjdk.jmh.Main",
                        benchmark.getSimpleName(),
                        "-f",
                        "2",
                        "-wi",
                        "3",
                        "-w",
                        "500ms",
                        "-i",
                        "5",
                        "-r",
                        "500ms",
                        "-rf",
                        "json",
                        "-rff",
                        results.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (jmh.waitFor() != 0) {
            throw new IllegalStateException("JMH has failed; see " + log);
        }
        Map<String, Double> scores = new HashMap<>();
        for (JsonNode result : new ObjectMapper().readTree(results.toFile())) {
            String name = result.get("benchmark").asText();
            scores.put(
                    name.substring(name.lastIndexOf('.') + 1),
                    result.get("primaryMetric").get("score").asDouble());
        }
        return scores;
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-d", classes.toString(), "-classpath", CLASS_PATH, "-nowarn"),
                    null,
                    files.getJavaFileObjects(source));
            task.setProcessors(List.of(new BenchmarkProcessor()));
            if (!task.call()) {
                throw new IllegalStateException(source + " does not compile with JMH's processor");
            }
        }
    }
}
