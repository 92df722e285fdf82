package mqworkbook.cli.prepare;

import java.nio.file.Path;
import java.util.Optional;

/** One thing that a run needs, and how it is had. */
public interface Part {

    /** What it belongs to: {@code Maven}, {@code RabbitMQ}. */
    String name();

    /** What is there already, in words; empty when something is left to do. Takes no time to speak of. */
    Optional<String> present();

    /**
     * Fetches or makes it.
     *
     * @return what is there now, in words
     * @throws PartFailedException with the command that mends it
     * @throws mqworkbook.workbench.brokers.BrokerUnavailableException with the command that mends it
     */
    String make();

    /** The folder that grows meanwhile, where the growth is worth telling. */
    default Optional<Path> target() {
        return Optional.empty();
    }
}
