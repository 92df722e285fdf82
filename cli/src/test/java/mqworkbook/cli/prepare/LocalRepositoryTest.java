package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryTest {

    private static final Path MODEL = Path.of(System.getProperty("workbook.root"), "pom.xml");

    @TempDir
    private Path root;

    @Test
    void itsRootIsFoundByALibraryInIt() {
        assertThat(LocalRepository.ofPicocli(root.resolve("info/picocli/picocli/4.7.7/picocli-4.7.7.jar")))
                .contains(new LocalRepository(root));
        assertThat(LocalRepository.ofPicocli(Path.of("/usr/share/java/picocli.jar")))
                .isEmpty();
        assertThat(LocalRepository.ofPicocli(Path.of("/a/b/c/d/e/f/picocli.jar")))
                .isEmpty();
    }

    @Test
    void thisBuildsRepositoryHasThePluginsThatThisBuildNames() throws IOException {
        LocalRepository repository = LocalRepository.current().orElseThrow();

        assertThat(repository.plugins(Files.readString(MODEL)))
                .extracting(plugin -> plugin.getFileName().toString().replaceFirst("-[0-9].*", ""))
                .contains(
                        "maven-compiler-plugin",
                        "maven-surefire-plugin",
                        "surefire-junit-platform",
                        "build-helper-maven-plugin");
    }

    @Test
    void aPluginThatIsNotThereIsNotCounted() throws IOException {
        assertThat(new LocalRepository(root).plugins(Files.readString(MODEL))).isEmpty();
    }

    @Test
    void thePluginsVersionIsTheModels() {
        String model = "<artifactId>maven-jar-plugin</artifactId>\n  <version>3.5.1</version>";

        assertThat(LocalRepository.version(model, "maven-jar-plugin")).contains("3.5.1");
        assertThat(LocalRepository.version(model, "maven-dependency-plugin")).isEmpty();
    }
}
