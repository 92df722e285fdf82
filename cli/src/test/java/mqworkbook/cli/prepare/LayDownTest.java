package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.cli.FixtureWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The pack's script, which has to work where the workbook is not built yet. */
@DisabledOnOs(OS.WINDOWS)
class LayDownTest {

    @TempDir
    private Path folder;

    private Pack pack;
    private Path repository;

    @BeforeEach
    void pack() throws IOException {
        pack = Pack.in(folder.resolve("a pack"));
        PackTexts.write(pack, "");
        FixtureWorkspace.write(pack.repository().resolve("org/a/1/a-1.jar"), "jar");
        Path distributions = folder.resolve("dists");
        FixtureWorkspace.write(distributions.resolve("apache-maven-3.9.16/1/bin/mvn"), "mvn");
        Tar.pack(distributions, distributions.resolve("apache-maven-3.9.16/1"), pack.maven());
        repository = folder.resolve("where the settings say");
    }

    @Test
    void theRepositoryGoesWhereMavenHasItsOwnAndTheWrapperFindsItsMaven() throws Exception {
        Path maven = FixtureWorkspace.write(
                folder.resolve("mvn"), "#!/bin/sh\necho \"[DEBUG] Using local repository at " + repository + "\"\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();

        ProcessBuilder script = new ProcessBuilder(
                        "sh", pack.folder().resolve("lay-down.sh").toString(), folder.toString(), maven.toString())
                .redirectErrorStream(true);
        script.environment().put("MAVEN_USER_HOME", folder.resolve("m2").toString());
        Process process = script.start();
        String output = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("Copying a Maven repository into " + repository + " ...\n");
        assertThat(repository.resolve("org/a/1/a-1.jar")).hasContent("jar");
        assertThat(folder.resolve("m2/wrapper/dists/apache-maven-3.9.16/1/bin/mvn"))
                .hasContent("mvn");
    }

    @Test
    void theModelThatMavenIsAskedWithNeedsNothing() throws IOException {
        assertThat(Files.readString(pack.folder().resolve("empty-pom.xml")))
                .contains("<packaging>pom</packaging>")
                .doesNotContain("<plugin>", "<dependency>", "<parent>");
    }
}
