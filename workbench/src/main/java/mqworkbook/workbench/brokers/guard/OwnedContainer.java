package mqworkbook.workbench.brokers.guard;

import java.io.IOException;
import java.net.URI;
import mqworkbook.workbench.brokers.docker.EngineConnection;

/**
 * A container, known by a name that was chosen before it was created, with its anonymous volumes.
 *
 * @param engine where the engine listens, as in {@code DOCKER_HOST}: {@code unix:///var/run/docker.sock}
 * @param name the container's name, unique to this run
 */
record OwnedContainer(URI engine, String name) implements Belonging {

    static final String KIND = "container";

    static OwnedContainer parse(String text) {
        int blank = text.indexOf(' ');
        return new OwnedContainer(URI.create(text.substring(0, blank)), text.substring(blank + 1));
    }

    @Override
    public void clear() {
        try {
            new EngineConnection(engine).delete("/containers/" + name + "?force=true&v=true");
        } catch (IOException engineGone) {
            // Then there is nothing that this process could remove; it is tried again until patience ends.
        }
    }

    @Override
    public boolean gone() {
        try {
            return new EngineConnection(engine)
                            .get("/containers/" + name + "/json")
                            .status()
                    == 404;
        } catch (IOException engineGone) {
            return true;
        }
    }

    @Override
    public String line() {
        return KIND + " " + engine + " " + name;
    }
}
