package mqworkbook.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenTest {

    @ParameterizedTest
    @CsvSource({"3.6.3, false", "3.8.0, false", "3.8.1, true", "3.10.0, true", "4.0.0-rc-5, true"})
    void versionsAreComparedByTheirNumbers(String version, boolean enough) {
        Matcher matcher = Maven.VERSION.matcher("Apache Maven " + version + " (0000)");

        assertThat(matcher.find()).isTrue();
        assertThat(Maven.isNewEnough(matcher)).isEqualTo(enough);
    }
}
