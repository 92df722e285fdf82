package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineCheckTest {

    @TempDir
    private Path root;

    private CommandLineCheck check;

    @BeforeEach
    void ofAWorkspace() {
        check = new CommandLineCheck(FixtureWorkspace.in(root));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "run 01",
                "run sums --answer PATH -Dbrokers=local",
                "hint LESSON --step N",
                "verify 1 --record --strict --jobs 2",
                "brokers up kafka redis",
                "prepare --offline FOLDER 01"
            })
    void whatTheCommandLineTakesIsNoProblem(String arguments) {
        assertThat(check.problem(words(arguments))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dance | dance",
                "run | LESSON",
                "run 01 --gone | --gone",
                "run 07 | 07",
                "verify 01 sum | sum",
                "verify --record --record-afresh | --record",
                "soak 01 --times many | many",
                "brokers sideways | sideways"
            })
    void whatItRefusesIsAProblem(String arguments, String named) {
        assertThat(check.problem(words(arguments)))
                .hasValueSatisfying(problem -> assertThat(problem).contains(named));
    }

    private static List<String> words(String arguments) {
        return arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));
    }
}
