package mqworkbook.logs;

import java.util.stream.Stream;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step6Backlog {

    private static final int INDEX = 0;
    private static final int ALERTS = 1;

    private Watching watching;

    @BeforeEach
    void open(KafkaFixture kafka) {
        watching = new Watching(new Site(kafka, 3), 3);
    }

    @AfterEach
    void close() {
        watching.close();
    }

    @Test
    @Order(1)
    @DisplayName("the lag is what a group has still to read, in each partition, also when it has never committed")
    void lags() {
        watching.expectLags();
        watching.publish(0, 4);
        watching.publish(1, 2);
        watching.expectLags();
        watching.commit(INDEX, 0, 3);
        watching.expectLags();
        watching.commit(INDEX, 1, 2);
        watching.commit(ALERTS, 1, 0);
        watching.expectLags();
    }

    @Test
    @Order(2)
    @DisplayName("what retention has taken is no lag: nobody can read it any more")
    void retention() {
        watching.publish(0, 6);
        watching.commit(INDEX, 0, 1);
        watching.forget(0, 4);
        watching.expectLags();
    }

    @Test
    @Order(3)
    @DisplayName("one partition that stands still raises the alarm, once, and again only when it was well in between")
    void alarm() {
        watching.expectCheck("the log is empty");
        for (int partition = 0; partition < 3; partition++) {
            watching.publish(partition, 5);
        }
        watching.expectCheck("five lines in each partition, none committed: at the limit, and not above it");
        for (int partition = 0; partition < 3; partition++) {
            watching.commit(INDEX, partition, 5);
            watching.commit(ALERTS, partition, 5);
        }
        watching.publish(0, 6);
        watching.expectCheck("six lines in partition 0 that nobody has committed, all others are read");
        watching.expectCheck("nothing has changed");
        watching.publish(0, 6);
        watching.expectCheck("it has got worse, and was told already");
        watching.commit(ALERTS, 0, 17);
        watching.commit(INDEX, 0, 12);
        watching.expectCheck("both groups have caught up");
        watching.publish(0, 1);
        watching.expectCheck("the index is behind again, the alerts are not");
    }

    @TestFactory
    @Order(4)
    @Tag("live")
    @DisplayName("for any log and any commits")
    Stream<DynamicTest> properties() {
        return StepProperties.of(LagProperties.class);
    }
}
