package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script itself, in a copy of the checkout under a path with a blank. */
@Timeout(300)
@DisabledOnOs(OS.WINDOWS)
class LauncherScriptTest {

    private static final Path CHECKOUT =
            Path.of(System.getProperty("workbook.root")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path copy;

    @BeforeEach
    void copyWhatItBuilds() throws IOException {
        copy = folder.resolve("a workbook");
        for (String part : List.of(
                "pom.xml",
                "mvnw",
                ".mvn",
                "workbook",
                "servers",
                "workbench",
                "workbench-tests/pom.xml",
                "cli",
                "lessons",
                "solutions")) {
            copy(CHECKOUT.resolve(part));
        }
    }

    @Test
    void itBuildsItselfOnceAndStartsFromAnywhereAndThroughALink() {
        Result first = call(folder, copy.resolve("workbook"), "--version");

        assertThat(first.output()).contains("Building the workbook (first time", "MQ Workbook 1.0");
        assertThat(first.exitCode()).isZero();

        Path link = folder.resolve("link");
        link(link, Path.of("a workbook", "workbook"));
        Result second = call(copy.resolve("lessons"), link, "run", "no-such-lesson");

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output())
                .contains("There is no lesson no-such-lesson")
                .doesNotContain("Building");
    }

    @Test
    void whatDoesNotBuildIsShown() throws IOException {
        Path main = copy.resolve("cli/src/main/java/mqworkbook/cli/Main.java");
        Files.writeString(main, Files.readString(main).replace("public final class Main", "public final clas Main"));

        Result result = call(copy, copy.resolve("workbook"), "--version");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).contains("Main.java", "The workbook could not be built");
    }

    @Test
    void whileAnUpdateIsHalfDoneItBuildsNothingAndTheProgramAsItWasBuiltEndsIt() throws IOException {
        String classPath = System.getProperty("java.class.path");
        FixtureWorkspace.write(copy.resolve("cli/target/launcher/classpath"), classPath + "\n");
        FixtureWorkspace.write(copy.resolve("cli/target/launcher/stamp"), "elsewhere\n");
        FixtureWorkspace.write(copy.resolve(".workbook/update/pending"), "");
        Files.writeString(copy.resolve("cli/src/main/java/mqworkbook/cli/Main.java"), "of another version");

        Result result = call(copy, copy.resolve("workbook"), "list");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output())
                .isEqualTo("An update of the workbook has broken off here. Finish it first: ./workbook update\n");
    }

    @Test
    void whatIsNoPackIsToldBeforeAnythingIsBuilt() {
        Result result = call(copy, copy.resolve("workbook"), "prepare", "01", "--from=" + folder);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output())
                .isEqualTo(folder + " is no folder that \"./workbook prepare --offline\" has made.\n");
    }

    @Test
    void aPackIsLaidDownBeforeAnythingIsBuilt() throws IOException {
        Files.writeString(folder.resolve("lay-down.sh"), "echo laid down for \"$1\" by \"${2##*/}\"; exit 1");

        Result result = call(copy, copy.resolve("workbook"), "prepare", "--from", folder.toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output())
                .containsPattern(
                        "laid down for " + Pattern.quote(copy.toRealPath().toString()) + " by mvnw?\n")
                .contains("What " + folder + " holds cannot be laid down")
                .doesNotContain("Building");
    }

    @Test
    void aMissingJavaIsOneClearMessage() {
        Result result = call(copy, Map.of("JAVA_HOME", "/nowhere"), copy.resolve("workbook"), "--version");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output())
                .isEqualTo("JAVA_HOME is /nowhere, where there is no bin/java. Set it to a JDK 17 or newer.\n");
    }

    private record Result(int exitCode, String output) {}

    private static Result call(Path directory, Path script, String... arguments) {
        return call(directory, Map.of("JAVA_HOME", System.getProperty("java.home")), script, arguments);
    }

    private static Result call(Path directory, Map<String, String> environment, Path script, String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            Stream.concat(Stream.of("sh", script.toString()), Stream.of(arguments))
                                    .toList())
                    .directory(directory.toFile())
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(Duration.ofMinutes(1).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS))
                    .as("the script ends")
                    .isTrue();
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void copy(Path part) throws IOException {
        try (Stream<Path> files = Files.walk(part)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path inside = CHECKOUT.relativize(file);
                if (Stream.of("target", ".workbook")
                        .noneMatch(made -> names(inside).contains(made))) {
                    Path to = copy.resolve(inside.toString());
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private static List<String> names(Path path) {
        return Stream.iterate(path, Path::getParent)
                .takeWhile(part -> part != null)
                .map(part -> part.getFileName().toString())
                .toList();
    }
}
