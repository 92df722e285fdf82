package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.rabbitmq.RabbitMqInstallation;

/**
 * A folder that prepares machines without a network. Programs lie in it as archives, since the file system of a stick
 * may know neither links nor executable files.
 *
 * @param folder its root
 */
public record Pack(Path folder) {

    /** In every pack; says what it was made for. */
    static final String MARK = "workbook-pack.txt";

    /**
     * The pack in that folder.
     *
     * @throws PartFailedException if there is none
     */
    public static Pack at(Path folder) {
        if (!Files.exists(folder.resolve(MARK))) {
            throw new PartFailedException(folder + " is no folder that \"./workbook prepare --offline\" has made");
        }
        return new Pack(folder.toAbsolutePath().normalize());
    }

    /**
     * A pack to be made there, or made anew.
     *
     * @throws PartFailedException if the folder holds something else
     */
    public static Pack in(Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                if (!Files.exists(folder.resolve(MARK)) && files.findAny().isPresent()) {
                    throw new PartFailedException(folder + " holds other files: name an empty folder, or a new one");
                }
            }
            return new Pack(folder.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new PartFailedException(
                    folder + " cannot be written (" + e.getMessage() + "): name another folder", e);
        }
    }

    /** The room that it takes, in words. */
    public String size() {
        try {
            return Size.of(Size.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path repository() {
        return folder.resolve("repository");
    }

    /** The wrapper's Maven, as its own folder has it. */
    Path maven() {
        return folder.resolve("maven.tar");
    }

    /** An entry of the user's cache. */
    Path cached(String entry) {
        return folder.resolve("cache").resolve(entry + ".tar");
    }

    Path imageFile(String image) {
        return folder.resolve("images").resolve(image.replaceAll("[/:]", "_") + ".tar");
    }

    /** Whether it holds a server of that kind for local processes on this system; the repository holds the others. */
    boolean hasServer(BrokerKind kind) {
        return kind == BrokerKind.RABBITMQ && Files.exists(cached(RabbitMqInstallation.cacheEntry()));
    }

    /** Lays that server into the cache, unless there is one or it holds none. */
    void unpackServer(BrokerKind kind, UserCache cache) {
        if (hasServer(kind) && RabbitMqInstallation.installed().isEmpty()) {
            String entry = RabbitMqInstallation.cacheEntry();
            cache.get(entry, folder -> Tar.unpack(cached(entry), folder));
        }
    }

    /** The image, from the pack into the engine; empty when the pack is without it and the engine too. */
    Optional<Part> image(String name, String image, ContainerEngine engine) {
        return Files.exists(imageFile(image)) || engine.hasImage(image)
                ? Optional.of(new LoadedImage(name, engine, image, imageFile(image)))
                : Optional.empty();
    }

    /** Copies what is missing into a local repository. */
    void copyRepository(Path to) {
        try {
            FileTree.of(repository()).copyMissing(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
