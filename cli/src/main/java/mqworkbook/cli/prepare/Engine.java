package mqworkbook.cli.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mqworkbook.cli.host.Command;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.EngineConnection;

/** The container engine that brokers would run in; looked for once. */
final class Engine {

    private static final Pattern SIZE = Pattern.compile("\"Size\":(\\d+)");

    private static final class Holder {
        static final Optional<ContainerEngine> FOUND = ContainerEngine.detect();
    }

    private Engine() {}

    /** The engine, unless none answers or its containers cannot be used from here. */
    static Optional<ContainerEngine> current() {
        return Holder.FOUND.filter(engine -> engine.obstacle().isEmpty());
    }

    /** The image's name with its size. */
    static String described(ContainerEngine engine, String image) {
        try {
            Matcher size = SIZE.matcher(new EngineConnection(engine.address())
                    .get("/images/" + image + "/json")
                    .body());
            return size.find() ? image + ", " + Size.of(Long.parseLong(size.group(1))) : image;
        } catch (IOException unknown) {
            return image;
        }
    }

    /**
     * Runs {@code docker} against that engine.
     *
     * @throws PartFailedException with what it said
     */
    static void docker(ContainerEngine engine, String... arguments) {
        List<String> words = Stream.concat(
                        Stream.of("docker", "--host", engine.address().toString()), Stream.of(arguments))
                .toList();
        Command.Result result = Command.in(Path.of("").toAbsolutePath(), words).run(System.out::println);
        if (!result.succeeded()) {
            String said = result.lines().isEmpty()
                    ? ""
                    : result.lines().get(result.lines().size() - 1).strip();
            throw new PartFailedException("\"docker " + arguments[0] + "\" has failed (" + said
                    + "): see that the command docker works, and that there is room on the disk");
        }
    }
}
