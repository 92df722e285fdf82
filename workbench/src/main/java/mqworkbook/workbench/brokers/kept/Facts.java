package mqworkbook.workbench.brokers.kept;

import java.time.Duration;
import java.util.List;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.Capabilities;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.brokers.Way;

/**
 * What a run must know of a broker that is kept for it.
 *
 * @param way how it is run
 * @param description as {@link Broker#describe()} tells it
 */
public record Facts(Way way, String description, Endpoint endpoint, Capabilities capabilities) {

    static Facts of(Way way, Broker broker) {
        return new Facts(way, broker.describe(), broker.endpoint(), broker.capabilities());
    }

    List<String> words() {
        return List.of(
                way.name(),
                description,
                endpoint.host(),
                String.valueOf(endpoint.port()),
                endpoint.username(),
                endpoint.password(),
                endpoint.virtualHost(),
                capabilities.version(),
                String.valueOf(capabilities.restartable()),
                capabilities.whyNotRestartable(),
                capabilities.timerPrecision().toString());
    }

    static Facts parse(List<String> words) {
        return new Facts(
                Way.valueOf(words.get(0)),
                words.get(1),
                new Endpoint(words.get(2), Integer.parseInt(words.get(3)), words.get(4), words.get(5), words.get(6)),
                new Capabilities(
                        words.get(7), Boolean.parseBoolean(words.get(8)), words.get(9), Duration.parse(words.get(10))));
    }
}
