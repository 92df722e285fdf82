package mqworkbook.cli.prepare;

import java.nio.file.Path;
import java.util.Optional;
import mqworkbook.workbench.brokers.docker.ContainerEngine;

/**
 * An image in the engine, from a pack.
 *
 * @param name whom it is for
 * @param file in the pack
 */
record LoadedImage(String name, ContainerEngine engine, String image, Path file) implements Part {

    @Override
    public Optional<String> present() {
        return engine.hasImage(image) ? Optional.of("image " + Engine.described(engine, image)) : Optional.empty();
    }

    @Override
    public String make() {
        Engine.docker(engine, "load", "--input", file.toString());
        return "image " + Engine.described(engine, image);
    }
}
