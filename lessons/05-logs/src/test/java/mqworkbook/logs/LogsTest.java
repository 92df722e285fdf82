package mqworkbook.logs;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 05. Each step is a file of its own. */
@Lesson(number = "05", title = "Log collection: every line, once, in order, for everyone")
@NeedsBrokers(BrokerKind.KAFKA)
@TimeLimit(30)
class LogsTest {

    @Nested
    @Step(value = 1, minutes = 8, write = "LineBuffer#offer")
    @DisplayName("Buffer: bounded, and never an ERROR refused while a DEBUG waits")
    class Buffering extends Step1Buffer {}

    @Nested
    @Step(value = 2, minutes = 14, write = "LogCollector#accept")
    @DisplayName("Collect: the application never waits, and every line is accounted for")
    class Collecting extends Step2Collect {}

    @Nested
    @Step(value = 3, minutes = 10, write = "LogIndexer#run")
    @DisplayName("Index: every line once, durable before it is committed")
    class Indexing extends Step3Index {}

    @Nested
    @Step(value = 4, minutes = 13, write = "ErrorWindows#add")
    @DisplayName("Alert: one for each window of the lines' own time, whatever the index does")
    class Alerting extends Step4Alert {}

    @Nested
    @Step(value = 5, minutes = 10, core = false, write = "IndexRebuild#run")
    @DisplayName("Replay: from the first line on comes the same index")
    class Replaying extends Step5Replay {}

    @Nested
    @Step(value = 6, minutes = 10, core = false, write = "LagWatch#lags")
    @DisplayName("Backlog: the lag of each group and partition, and an alarm on it")
    class BacklogWatching extends Step6Backlog {}
}
