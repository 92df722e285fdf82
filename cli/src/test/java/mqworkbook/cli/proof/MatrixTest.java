package mqworkbook.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {

    private final Matrix matrix = new Matrix(List.of(
            new Matrix.Row("01-decoupling", "auto-ack", 4, "acknowledged after the work | once", true),
            new Matrix.Row("09-retry", "no-jitter", 0, "", false)));

    @TempDir
    Path folder;

    @Test
    void asAPageItIsATable() {
        assertThat(matrix.markdown()).isEqualTo("""
                        | lesson | mistake | caught in | by the test | as promised |
                        | --- | --- | --- | --- | --- |
                        | 01-decoupling | auto-ack | step 4 | acknowledged after the work \\| once | yes |
                        | 09-retry | no-jitter | nowhere |  | NO |
                        """);
    }

    @Test
    void onTheConsoleItsColumnsLineUp() {
        assertThat(matrix.text())
                .containsExactly(
                        "01-decoupling  auto-ack   step 4   acknowledged after the work | once",
                        "09-retry       no-jitter  nowhere  (NOT as promised)");
    }

    @Test
    void forProgramsItIsJson() throws IOException {
        matrix.write(folder);

        JsonNode rows =
                new ObjectMapper().readTree(folder.resolve("matrix.json").toFile());

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("step").intValue()).isEqualTo(4);
        assertThat(rows.get(1).get("proven").booleanValue()).isFalse();
        assertThat(folder.resolve("matrix.md")).content().isEqualTo(matrix.markdown());
    }
}
