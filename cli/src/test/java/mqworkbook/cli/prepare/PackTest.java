package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.rabbitmq.RabbitMqInstallation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PackTest {

    @TempDir
    private Path folder;

    @Test
    void aFolderWithOtherFilesIsNotPackedInto() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "");

        assertThatThrownBy(() -> Pack.in(folder))
                .isInstanceOf(PartFailedException.class)
                .hasMessage(folder + " holds other files: name an empty folder, or a new one");
    }

    @Test
    void aPackIsMadeAnewInItsFolderAndKnownAsOne() {
        Path own = folder.resolve("new/pack");
        assertThatThrownBy(() -> Pack.at(own))
                .hasMessageContaining("is no folder that \"./workbook prepare --offline\"");

        PackTexts.write(Pack.in(own), "lessons 01, 06");

        assertThat(Pack.in(own)).isEqualTo(Pack.at(own));
        assertThat(own.resolve("README.txt")).content().contains("./workbook prepare --from FOLDER");
        assertThat(own.resolve(Pack.MARK)).hasContent("lessons 01, 06");
    }

    @Test
    void anImagesFileHasNoFoldersInItsName() {
        assertThat(new Pack(folder).imageFile("registry:5000/apache/kafka:4.4.0"))
                .isEqualTo(folder.resolve("images/registry_5000_apache_kafka_4.4.0.tar"));
    }

    @Test
    void onlyWhatIsMissingIsCopiedIntoARepository() throws IOException {
        Pack pack = new Pack(folder.resolve("pack"));
        FixtureWorkspace.write(pack.repository().resolve("a/a-1.jar"), "packed");
        FixtureWorkspace.write(pack.repository().resolve("b/b-1.jar"), "packed");
        Path users = folder.resolve("users");
        FixtureWorkspace.write(users.resolve("b/b-1.jar"), "there before");

        pack.copyRepository(users);

        assertThat(users.resolve("a/a-1.jar")).hasContent("packed");
        assertThat(users.resolve("b/b-1.jar")).hasContent("there before");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theServerOfThisSystemComesIntoTheCacheWithItsLinksAndRights() throws IOException {
        System.setProperty("workbook.rabbitmq", "private");
        try {
            Pack pack = new Pack(folder.resolve("pack"));
            UserCache cache = new UserCache(folder.resolve("cache"));
            assertThat(pack.hasServer(BrokerKind.RABBITMQ)).isFalse();

            String entry = RabbitMqInstallation.cacheEntry();
            Path server = folder.resolve("server");
            Path program = FixtureWorkspace.write(server.resolve("sbin/server"), "#!/bin/sh\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
            Files.createSymbolicLink(server.resolve("link"), Path.of("sbin/server"));
            Files.createDirectories(pack.cached(entry).getParent());
            Tar.pack(server, server, pack.cached(entry));

            assertThat(pack.hasServer(BrokerKind.REDIS)).isFalse();
            pack.unpackServer(BrokerKind.RABBITMQ, cache);

            assertThat(cache.root().resolve(entry).resolve("sbin/server")).isExecutable();
            assertThat(cache.root().resolve(entry).resolve("link")).isSymbolicLink();
        } finally {
            System.clearProperty("workbook.rabbitmq");
        }
    }

    @Test
    void anArchiveThatCannotBeReadLeavesNoServerBehind() throws IOException {
        System.setProperty("workbook.rabbitmq", "private");
        try {
            Pack pack = new Pack(folder);
            UserCache cache = new UserCache(folder.resolve("cache"));
            FixtureWorkspace.write(pack.cached(RabbitMqInstallation.cacheEntry()), "half a file");

            assertThatThrownBy(() -> pack.unpackServer(BrokerKind.RABBITMQ, cache))
                    .isInstanceOf(PartFailedException.class)
                    .hasMessageContaining("see that there is room");
            assertThat(cache.has(RabbitMqInstallation.cacheEntry())).isFalse();
        } finally {
            System.clearProperty("workbook.rabbitmq");
        }
    }
}
