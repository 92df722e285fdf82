package mqworkbook.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {

    private final List<Key> pressed = new CopyOnWriteArrayList<>();

    @Test
    void aLetterIsItsKeyInEitherCase() {
        assertThat(Key.of('h')).contains(Key.HINT);
        assertThat(Key.of('H')).contains(Key.HINT);
        assertThat(Key.of('\r')).contains(Key.AGAIN);
        assertThat(Key.of('x')).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachKeyIsExplained(Key key) {
        String label = Key.help().lines().toList().get(key.ordinal()).strip().split(" ")[0];

        assertThat(label.equals("space") ? Key.of(' ') : Key.of(label.charAt(0)))
                .contains(key);
    }

    @Test
    void inAPipeTheFirstLetterOfEachLineCountsAndAnUnknownOneShowsTheKeys() {
        String lines = "h\nNext please\n\nx\nq";

        LineKeys.listen(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), pressed::add);

        await("all lines are read")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(pressed).containsExactly(Key.HINT, Key.NEXT, Key.AGAIN, Key.HELP, Key.QUIT));
    }
}
