package mqworkbook.ordering;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.BenchmarkProcessor;

/** Runs a benchmark of this package with JMH, in JVMs of its own: what its processor makes of it is compiled first. */
final class Jmh {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private Jmh() {}

    /** Two benchmark methods in turns, in a JVM for each score: what else the machine does hits both. */
    static List<Pair> pairs(Class<?> benchmark, String one, String other, int pairs)
            throws IOException, InterruptedException {
        Path folder = Path.of("target", "payoff", "jmh").toAbsolutePath();
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(Path.of("src/test/java", benchmark.getName().replace('.', '/') + ".java"), classes);
        List<Pair> scores = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            // Each goes first every other time.
            double early = pair % 2 == 0 ? score(folder, benchmark, one) : 0;
            double second = score(folder, benchmark, other);
            scores.add(new Pair(early > 0 ? early : score(folder, benchmark, one), second));
        }
        return scores;
    }

    private static double score(Path folder, Class<?> benchmark, String method)
            throws IOException, InterruptedException {
        Path results = folder.resolve("results.json");
        Path log = folder.resolve("log.txt");
        Process jmh = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        folder.resolve("classes") + File.pathSeparator + CLASS_PATH,
                        "org.openjdk.jmh.Main",
                        benchmark.getSimpleName() + "." + method + "$",
                        "-f",
                        "1",
                        "-wi",
                        "3",
                        "-w",
                        "300ms",
                        "-i",
                        "4",
                        "-r",
                        "300ms",
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
        JsonNode measured = new ObjectMapper().readTree(results.toFile());
        if (measured.size() != 1) {
            throw new IllegalStateException("JMH has not run " + method + "; see " + log);
        }
        return measured.get(0).get("primaryMetric").get("score").asDouble();
    }

    /** Scores of one pair of runs. */
    record Pair(double one, double other) {}

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
