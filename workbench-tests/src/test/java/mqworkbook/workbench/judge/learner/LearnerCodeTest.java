package mqworkbook.workbench.judge.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@link LearnerCode} and {@link MethodLine}. */
class LearnerCodeTest {

    @TempDir
    private Path sources;

    private Path file;
    private LearnerCode code;

    @BeforeEach
    void write() throws IOException {
        file = sources.resolve("shop/Publisher.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                package shop;

                /** Calls publish(event) for each. */
                final class Publisher {

                    Publisher(Channel channel) {
                        this.channel = channel;
                    }

                    void all(List<Event> events) {
                        publish(events.get(0));
                        return publish(
                                events);
                    }

                    public <T extends Event> Map<String, T> publish(
                            T event) throws IOException {
                        channel.publish(event);
                    }
                }
                """, StandardCharsets.UTF_8);
        code = new LearnerCode(List.of(sources.resolve("none"), sources));
    }

    @Test
    void theLearnersAreTheClassesWhoseSourceIsThere() {
        assertThat(code.contains("shop.Publisher")).isTrue();
        assertThat(code.contains("shop.Publisher$Confirms$1")).isTrue();
        assertThat(code.contains("shop.Order")).isFalse();
        assertThat(code.contains("Publisher")).isFalse();
        assertThat(code.fileNamed("Publisher")).contains(file);
        assertThat(code.fileNamed("Order")).isEmpty();
    }

    @Test
    void theFrameOfTheFirstCauseIsTheOneThatCounts() {
        RuntimeException cause = at("shop.Publisher$Confirms", 17);
        RuntimeException wrapped = at("shop.Publisher", 9);
        wrapped.initCause(cause);
        assertThat(code.firstFrame(wrapped))
                .map(LearnerCode::describe)
                .contains("Publisher.Confirms.publish (Publisher.java:17)");
        assertThat(code.firstFrame(at("org.junit.Test", 1))).isEmpty();
    }

    @Test
    void causesMayRunInACircle() {
        RuntimeException one = at("shop.Order", 1);
        RuntimeException two = new IllegalStateException(one);
        one.initCause(two);
        assertThat(Causes.of(one)).containsExactly(one, two);
        assertThat(code.firstFrame(one)).isEmpty();
    }

    @Test
    void aMethodIsFoundWhereItIsDeclared() {
        assertThat(MethodLine.of(file, "publish")).hasValue(16);
        assertThat(MethodLine.of(file, "Publisher")).hasValue(6);
        assertThat(MethodLine.of(file, "close")).isEmpty();
        assertThat(MethodLine.of(sources.resolve("None.java"), "publish")).isEmpty();
    }

    private static RuntimeException at(String type, int line) {
        RuntimeException thrown = new IllegalStateException();
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.List", "get", "List.java", 1),
            new StackTraceElement(type, "publish", "Publisher.java", line)
        });
        return thrown;
    }
}
