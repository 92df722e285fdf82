package mqworkbook.workbench.brokers.docker;

import java.io.FileReader;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A container engine that answered (Docker or one with its API), found in the order in which Testcontainers 2 looks:
 * the user's {@code ~/.testcontainers.properties}, {@code DOCKER_HOST}, and, when neither is set, the usual socket files.
 *
 * @param address where it listens, as in {@code DOCKER_HOST}
 */
public record ContainerEngine(URI address) {

    /** One that answers takes some milliseconds; two that keep silent stay below two seconds. */
    private static final Duration ANSWER = Duration.ofMillis(800);

    /** One that has answered once is not gone when it is slow, only busy. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    private static final int ADDRESSES_TO_TRY = 2;

    /** The first engine that answers, in less than two seconds; addresses with TLS are not known. */
    public static Optional<ContainerEngine> detect() {
        return detect(addresses());
    }

    static Optional<ContainerEngine> detect(List<String> addresses) {
        return existing(addresses)
                .limit(ADDRESSES_TO_TRY)
                .filter(ContainerEngine::answers)
                .findFirst();
    }

    /** Where {@link #detect()} looks, for messages: the address that is set, or the usual socket file. */
    public static String lookedAt() {
        return existing(addresses())
                .findFirst()
                .map(engine -> engine.address.toString())
                .orElse("unix:///var/run/docker.sock");
    }

    /** Whether the image is present, so that a container can start at once. */
    public boolean hasImage(String image) {
        try {
            return new EngineConnection(address, BUSY)
                            .get("/images/" + image + "/json")
                            .status()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Why its containers cannot be used from here although it answers, and what helps; empty when they can. */
    public Optional<String> obstacle() {
        return Enclosure.ofThisProcess().obstacle(this);
    }

    private boolean answers() {
        try {
            return new EngineConnection(address, ANSWER).get("/_ping").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean exists() {
        return !"unix".equals(address.getScheme()) || Files.exists(Path.of(address.getPath()));
    }

    private static Stream<ContainerEngine> existing(List<String> addresses) {
        return addresses.stream().flatMap(ContainerEngine::parse).filter(ContainerEngine::exists);
    }

    /** An address that somebody has set is meant, and no other: as for the command {@code docker}. */
    private static List<String> addresses() {
        List<String> set = Stream.of(userSetting(), System.getenv("DOCKER_HOST"))
                .filter(address -> address != null && !address.isBlank())
                .toList();
        return set.isEmpty() ? usualSockets() : set;
    }

    private static List<String> usualSockets() {
        List<String> sockets = new ArrayList<>(List.of("unix:///var/run/docker.sock"));
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && !runtime.isBlank()) {
            sockets.add("unix://" + runtime + "/docker.sock");
        }
        for (String socket : List.of(".docker/run/docker.sock", ".docker/desktop/docker.sock")) {
            sockets.add("unix://" + Path.of(System.getProperty("user.home"), socket));
        }
        return sockets;
    }

    private static Stream<ContainerEngine> parse(String address) {
        try {
            return Stream.of(new ContainerEngine(URI.create(address.strip().replace(" ", "%20"))));
        } catch (IllegalArgumentException malformed) {
            return Stream.empty();
        }
    }

    private static String userSetting() {
        Path file = Path.of(System.getProperty("user.home"), ".testcontainers.properties");
        if (!Files.isReadable(file)) {
            return null;
        }
        try (Reader reader = new FileReader(file.toFile(), StandardCharsets.ISO_8859_1)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties.getProperty("docker.host");
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
