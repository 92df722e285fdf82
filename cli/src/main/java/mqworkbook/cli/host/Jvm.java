package mqworkbook.cli.host;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Java that runs the command line, and the JVMs that it starts. */
public final class Jvm {

    /** As in the build's test JVMs: C1 and the serial collector make short runs shorter; logs stay out of stdout. */
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr");

    private static final List<String> FLAGS_FROM_24 =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private Jvm() {}

    /** The command that runs a main class. */
    public static List<String> command(List<Path> classPath, Map<String, String> properties, Class<?> mainClass) {
        return command(List.of(), classPath, properties, mainClass);
    }

    /** The same with further flags. */
    public static List<String> command(
            List<String> flags, List<Path> classPath, Map<String, String> properties, Class<?> mainClass) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        if (Runtime.version().feature() >= 24) {
            command.addAll(FLAGS_FROM_24);
        }
        command.addAll(flags);
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-classpath");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(mainClass.getName());
        return command;
    }
}
