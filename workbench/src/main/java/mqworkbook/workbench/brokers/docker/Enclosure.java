package mqworkbook.workbench.brokers.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The container that the workbook itself runs in, as in a dev container. From there not every engine will do: brokers
 * are asked for on 127.0.0.1, which is another machine where the engine is the one that runs this container.
 *
 * @param container whether it is one by the mark that Testcontainers looks for
 * @param id the container's id, where it can be known
 * @param told whether {@code TESTCONTAINERS_HOST_OVERRIDE} says where ports are
 */
record Enclosure(boolean container, Optional<String> id, boolean told) {

    /**
     * Docker and Podman mount a container's host name from a folder that is named by its id. The engine's own machine
     * has such folders mounted too, at other places.
     */
    private static final Pattern ID =
            Pattern.compile("containers/([0-9a-f]{64})/\\S* /etc/(?:hostname|hosts|resolv\\.conf) ");

    static Enclosure ofThisProcess() {
        String override = System.getenv("TESTCONTAINERS_HOST_OVERRIDE");
        return new Enclosure(
                Files.exists(Path.of("/.dockerenv")),
                idIn(Path.of("/proc/self/mountinfo")),
                override != null && !override.isBlank());
    }

    static Optional<String> idIn(Path mounts) {
        try {
            Matcher matcher = ID.matcher(Files.readString(mounts));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException elsewhere) {
            return Optional.empty();
        }
    }

    /** Why that engine's containers cannot be used from here, and what helps; empty when they can. */
    Optional<String> obstacle(ContainerEngine engine) {
        if (id.isPresent() && isNeighbour(engine, id.get())) {
            return Optional.of(
                    "the Docker engine at " + engine.address() + " runs outside of this container, and so would"
                            + " its brokers' ports on 127.0.0.1: run with -Dbrokers=local, or start this container with"
                            + " --network host");
        }
        if (container && !told && hidesItsGateway(engine)) {
            return Optional.of(
                    "Testcontainers would have to pull an image to find the Docker engine's ports from inside"
                            + " this container: set TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1 in the environment");
        }
        return Optional.empty();
    }

    private static boolean isNeighbour(ContainerEngine engine, String id) {
        try {
            EngineConnection.Answer answer = new EngineConnection(engine.address()).get("/containers/" + id + "/json");
            return answer.status() == 200 && !answer.body().contains("\"NetworkMode\":\"host\"");
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean hidesItsGateway(ContainerEngine engine) {
        try {
            EngineConnection.Answer answer = new EngineConnection(engine.address()).get("/networks/bridge");
            return "unix".equals(engine.address().getScheme())
                    && answer.status() == 200
                    && !answer.body().contains("\"Gateway\":\"");
        } catch (IOException unknown) {
            return false;
        }
    }
}
