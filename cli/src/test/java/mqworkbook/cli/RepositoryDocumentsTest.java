package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import mqworkbook.cli.documents.Documents;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.Test;

/** The project's own pages, but for the excerpts, which need a proof. */
class RepositoryDocumentsTest {

    private final Workspace workspace = new Workspace(
            Path.of(System.getProperty("workbook.root")).toAbsolutePath().normalize());

    @Test
    void linksCommandsAndPathsHold() {
        assertThat(new Documents(workspace.root(), new CommandLineCheck(workspace)::problem, Map.of()).complaints())
                .isEmpty();
    }
}
