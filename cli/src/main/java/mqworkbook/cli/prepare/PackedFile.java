package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.rabbitmq.RabbitMqInstallation;

/**
 * One archive in a pack.
 *
 * @param name whom it is for
 * @param words what is in it
 * @param file where it lies
 * @param writer writes a file
 */
record PackedFile(String name, String words, Path file, Consumer<Path> writer) implements Part {

    /** The wrapper's Maven. */
    static PackedFile wrapper(Workspace workspace, Pack pack) {
        WrapperPart wrapper = new WrapperPart(workspace.root());
        return new PackedFile("Wrapper", "the Maven that ./mvnw runs", pack.maven(), file -> {
            if (wrapper.present().isEmpty()) {
                wrapper.make();
            }
            Tar.pack(WrapperPart.distributions(), wrapper.folder().orElseThrow(), file);
        });
    }

    /** RabbitMQ as it is unpacked privately, whether a server is installed here or not: there, it may be missing. */
    static PackedFile rabbitMq(Pack pack) {
        String entry = RabbitMqInstallation.cacheEntry();
        return new PackedFile(BrokerKind.RABBITMQ.displayName(), "server " + entry, pack.cached(entry), file -> {
            Path server = RabbitMqInstallation.unpacked(UserCache.ofUser());
            Tar.pack(server, server, file);
        });
    }

    /** An image, pulled first where the engine has it not. */
    static PackedFile image(String name, String image, ContainerEngine engine, Pack pack) {
        return new PackedFile(name, "image " + image, pack.imageFile(image), file -> {
            PulledImage pulled = new PulledImage(name, engine, image);
            if (pulled.present().isEmpty()) {
                pulled.make();
            }
            Engine.docker(engine, "save", "--output", file.toString(), image);
        });
    }

    @Override
    public Optional<String> present() {
        return Files.exists(file) ? Optional.of(words) : Optional.empty();
    }

    @Override
    public Optional<Path> target() {
        return Optional.of(file);
    }

    @Override
    public String make() {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.createDirectories(file.getParent());
            writer.accept(unfinished);
            // As docker writes it, nobody else could read it from a shared folder.
            unfinished.toFile().setReadable(true, false);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            unfinished.toFile().delete();
        }
        return words;
    }
}
