package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenTroubleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [ERROR] Could not transfer artifact a:b:pom:1 from/to central (https://repo.example.org/maven2): repo.example.org: Unknown host repo.example.org | Maven cannot reach https://repo.example.org: check the network
            [ERROR] transfer failed: Connect to 10.0.0.1:80 failed: Connection refused | Maven cannot reach its repository: check the network
            [ERROR] a.jar (No space left on device) | Maven finds no room on the disk: make some, and run "./workbook prepare" again
            [ERROR] Cannot access central (https://x) in offline mode and the artifact a:b:jar:1 has not been downloaded from it before. | Maven is offline, and not all that it needs is in the local repository (Cannot access central
            [ERROR] COMPILATION ERROR : | Maven has failed (COMPILATION ERROR :); all that it said is in log.txt
            """)
    void theCauseIsNamedWithWhatMendsIt(String line, String sentence) {
        assertThat(MavenTrouble.in(List.of("[INFO] Scanning ...", "[ERROR] ", line), "log.txt"))
                .startsWith(sentence);
    }

    @ParameterizedTest
    @CsvSource({"[WARNING] Could not transfer metadata: Connection refused", "Connection refused, says a test"})
    void whatIsNoErrorIsNoCause(String line) {
        assertThat(MavenTrouble.in(List.of(line, "[ERROR] it is broken"), "log.txt"))
                .startsWith("Maven has failed (it is broken)");
    }
}
