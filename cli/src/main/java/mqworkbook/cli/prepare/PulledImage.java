package mqworkbook.cli.prepare;

import java.util.Optional;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.docker.ImagePull;

/**
 * An image in the engine, from its registry.
 *
 * @param name whom it is for
 */
record PulledImage(String name, ContainerEngine engine, String image) implements Part {

    @Override
    public Optional<String> present() {
        return engine.hasImage(image) ? Optional.of("image " + Engine.described(engine, image)) : Optional.empty();
    }

    @Override
    public String make() {
        ImagePull.run(engine, image);
        return "image " + Engine.described(engine, image);
    }
}
