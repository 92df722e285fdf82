package mqworkbook.workbench.brokers.contract;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.guard.Guard;
import org.testcontainers.DockerClientFactory;

/** The engine's own view of the containers of a run. */
final class Containers {

    private Containers() {}

    /** Containers of that run, also those that are only created. */
    static List<Container> of(String runId) {
        return client().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("mqworkbook.run", runId))
                .exec();
    }

    /** The addresses at which containers of this JVM's run are published. */
    static Stream<String> published() {
        return of(Guard.forRun().runId()).stream()
                .map(container ->
                        client().inspectContainerCmd(container.getId()).exec())
                .flatMap(inspected -> inspected.getNetworkSettings().getPorts().getBindings().values().stream())
                .filter(bindings -> bindings != null)
                .flatMap(Stream::of)
                .map(binding -> binding.getHostIp());
    }

    /** Kills the container of this JVM's run that is published on that port. */
    static void kill(int port) {
        of(Guard.forRun().runId()).stream()
                .filter(container -> Stream.of(container.getPorts())
                        .anyMatch(each -> each.getPublicPort() != null && each.getPublicPort() == port))
                .forEach(container ->
                        client().killContainerCmd(container.getId()).exec());
    }

    private static DockerClient client() {
        return DockerClientFactory.lazyClient();
    }
}
