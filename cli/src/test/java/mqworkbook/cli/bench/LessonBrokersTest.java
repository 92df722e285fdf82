package mqworkbook.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonBrokersTest {

    @TempDir
    private Path root;

    @Test
    @DisplayName("a broker that only one step needs is not started for the others")
    void ofOneStep() throws IOException {
        LessonFiles lesson = new LessonFiles(root, "01-sums");
        Files.createDirectories(lesson.tests());
        Files.writeString(lesson.tests().resolve("SumsTest.java"), """
                @Lesson(number = "01", title = "Sums")
                @NeedsBrokers(BrokerKind.RABBITMQ)
                class SumsTest {
                    @NeedsBrokers(BrokerKind.REDIS)
                    class Caching extends Step5 {}
                }
                """);
        Files.writeString(lesson.tests().resolve("SumsPayoff.java"), "require(BrokerKind.KAFKA)");

        assertThat(LessonBrokers.ofAllSteps(lesson)).containsExactly(BrokerKind.RABBITMQ);
        assertThat(LessonBrokers.of(lesson))
                .containsExactlyInAnyOrder(BrokerKind.RABBITMQ, BrokerKind.REDIS, BrokerKind.KAFKA);
    }
}
