package mqworkbook.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceTest {

    @TempDir
    Path root;

    private Workspace workspace;

    @BeforeEach
    void threeLessons() throws IOException {
        for (String lesson : new String[] {"01-decoupling", "09-retry", "10-transactions", "target"}) {
            Files.createDirectories(root.resolve("lessons").resolve(lesson));
        }
        workspace = new Workspace(root);
    }

    @ParameterizedTest
    @ValueSource(strings = {"09", "9", "retry", "09-retry"})
    void aLessonHasFourNames(String typed) {
        assertThat(workspace.lesson(typed).name()).isEqualTo("09-retry");
    }

    @ParameterizedTest
    @CsvSource({
        "rerty,        There is no lesson rerty. Did you mean 09-retry?",
        "10-transact,  There is no lesson 10-transact. Did you mean 10-transactions?",
        "2,            'There is no lesson 2. The lessons are 01-decoupling, 09-retry, 10-transactions.'"
    })
    void anUnknownNameIsAnsweredWithWhatThereIs(String typed, String message) {
        assertThatThrownBy(() -> workspace.lesson(typed))
                .isInstanceOf(NoSuchLessonException.class)
                .hasMessage(message);
    }

    @Test
    void filesAreToldRelativeToTheCheckout() {
        assertThat(workspace.display(root.resolve("lessons/../pom.xml"))).isEqualTo("pom.xml");
        Path elsewhere = root.resolveSibling("elsewhere");
        assertThat(workspace.display(elsewhere)).isEqualTo(elsewhere.toString());
    }
}
