package mqworkbook.workbench.brokers.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import mqworkbook.workbench.brokers.docker.EngineConnection;

/**
 * The guardian's main class. It reads what the run owns from its standard input, one line each ({@code + BELONGING}
 * or {@code - BELONGING}); when the input ends, because the run is gone, or when it is told to end (SIGINT, SIGTERM),
 * it clears everything and exits. Started by {@link Guard} only.
 */
final class Guardian {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Guardian() {}

    public static void main(String[] arguments) throws IOException {
        loadClasses();
        Belongings belongings = new Belongings();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> belongings.clear(PATIENCE)));
        BufferedReader run = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = run.readLine(); line != null; line = run.readLine()) {
            Belonging belonging = Belonging.parse(line.substring(2));
            if (line.charAt(0) == '+') {
                belongings.add(belonging);
            } else {
                belongings.remove(belonging);
            }
        }
    }

    /** The build folder that the classes come from may be removed while the run lives ({@code mvn clean}). */
    private static void loadClasses() {
        List.of(Belonging.class, OwnedProcess.class, OwnedFolder.class, OwnedContainer.class, EngineConnection.class);
    }
}
